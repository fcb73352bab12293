/** Every version of Node: those that run our packages with all their entries, and those that are too old and are told so. */
import { join } from 'node:path'

import { runFile } from '../checks/run-file.ts'
import type { Check, Consumer, Installed } from '../consumer.ts'
import { entriesOf, IN_BROWSERS, LIBRARIES, NEEDS_A_RUNNER } from '../shared/entries.ts'
import { asCommonJs, firstTestWith } from '../shared/first-test.ts'
import { beside, NODE, NODE_TOO_OLD } from '../versions.ts'

const SENTENCE = 'needs Node 22.14 or later, and this is Node'

const MODULE_TEST = firstTestWith("import { it } from 'node:test'\nimport { expect } from 'expect'")

const INSTALLS = beside(
  '@opentelemetry/api',
  'bullmq',
  'expect',
  'express',
  'ioredis',
  'pg',
  'pg-boss',
  'typeorm',
  'vitest',
)

const runs = (version: string): Consumer => ({
  name: `node-${version}`,
  ours: LIBRARIES,
  installs: INSTALLS,
  runtime: { kind: 'node', version },
  template: join(import.meta.dirname, 'files'),
  files: { 'first.test.mjs': MODULE_TEST, 'first.test.cjs': asCommonJs(MODULE_TEST) },
  isShort: version === NODE.floor,
  checks: [
    { name: 'every entry loads, by import and by require', run: everyEntryLoads() },
    runFile('both formats in one process', ['both-formats.mjs']),
    runFile('a first test by node:test, ESM', ['--test', 'first.test.mjs']),
    runFile('a first test by node:test, CommonJS', ['--test', 'first.test.cjs']),
  ],
})

const refuses = (version: string): Consumer => ({
  name: `node-${version}-too-old`,
  ours: LIBRARIES,
  installs: INSTALLS,
  runtime: { kind: 'node', version },
  template: join(import.meta.dirname, 'files'),
  isShort: version === NODE_TOO_OLD[1],
  checks: [
    { name: 'every entry is refused in one sentence, by import and by require', run: everyEntryIsRefused() },
    { name: 'what runs in browsers loads', run: browsersEntriesLoad() },
  ],
})

export const consumers: readonly Consumer[] = [...Object.values(NODE).map(runs), ...NODE_TOO_OLD.map(refuses)]

function everyEntryLoads(): Check['run'] {
  return judge(
    (entry) => !NEEDS_A_RUNNER.test(entry),
    (problem) => problem === null,
  )
}

function browsersEntriesLoad(): Check['run'] {
  return judge(
    (entry) => IN_BROWSERS.test(entry),
    (problem) => problem === null,
  )
}

function everyEntryIsRefused(): Check['run'] {
  return judge(
    (entry) => !IN_BROWSERS.test(entry),
    (problem) => problem?.includes(SENTENCE) === true && !problem.includes('\n'),
  )
}

/** Loads those entries that are asked about, and throws those whose outcome is not right. */
function judge(isAsked: (entry: string) => boolean, isRight: (problem: string | null) => boolean): Check['run'] {
  return async (installed) => {
    const entries = entriesOf(...LIBRARIES).map(({ specifier }) => specifier)
    const outcomes = await load(installed, entries.filter(isAsked))
    const wrong = outcomes.filter(({ problem }) => !isRight(problem))
    if (wrong.length > 0)
      throw new Error(wrong.map(({ call, problem }) => `${call}: ${problem ?? 'was loaded'}`).join('\n'))
    return `${outcomes.length} calls`
  }
}

interface Loaded {
  readonly call: string
  /** What was thrown; `null` when the entry was loaded. */
  readonly problem: string | null
}

async function load({ exec }: Installed, entries: readonly string[]): Promise<Loaded[]> {
  const { stdout } = await exec('runtime', ['--no-warnings', 'load-entries.mjs', ...entries])
  return JSON.parse(stdout)
}
