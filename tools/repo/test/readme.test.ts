import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

import { root } from '../project.ts'

/** Checking types takes some seconds on an idle machine. */
const SLOW = 120_000

/** The package that has everything that the README imports among its dependencies. */
const home = fileURLToPath(new URL('packages/scheduler-express/test/', root))

const page = readFileSync(new URL('README.md', root), 'utf8')
const blocks = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code)
const [quickStart = '', mounting = '', postgresql = '', firstTest = ''] = blocks

it(
  'the quick start runs as it stands, and prints the status of one run',
  () => {
    const args = ['--conditions=@pm/source', '--input-type=module', '-e', quickStart]
    const run = spawnSync(process.execPath, args, { cwd: home, encoding: 'utf8', timeout: SLOW })
    expect(run.stderr).toBe('')
    expect(run.stdout).toMatch(/total_runs: 1,[\s\S]*symbols_processed: 8,[\s\S]*success_rate: 100,/)
    expect(run.status).toBe(0)
  },
  SLOW,
)

it('the quick start has at most fifteen lines', () => {
  expect(quickStart.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(15)
})

it(
  'every block compiles, with no name that nobody has declared',
  () => {
    const programs = { quickStart, mounting: quickStart + mounting, postgresql, firstTest }
    const undeclared = 'missing()\n'
    expect(problemsOf({ ...programs, undeclared })).toEqual(["undeclared.ts: Cannot find name 'missing'."])
  },
  SLOW,
)

it('the first test is the one of our own suite', () => {
  const path = 'packages/scheduler-testing/test/readme.test.ts'
  const ours = readFileSync(new URL(path, root), 'utf8').replace(/^\/\/.*\n/gm, '')
  expect(page).toContain(path)
  expect(firstTest).toBe(ours)
})

it('there is no other block, so that none is left unchecked', () => {
  expect(blocks).toHaveLength(4)
})

/** What TypeScript says of each program, as if it were a file of its own. */
function problemsOf(programs: Readonly<Record<string, string>>): string[] {
  const texts = new Map(Object.entries(programs).map(([name, text]) => [`${home}${name}.ts`, text]))
  const config = ts.readConfigFile(fileURLToPath(new URL('tsconfig.base.json', root)), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, home)
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path)
    return text === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, text, ...rest)
  }
  const program = ts.createProgram({ rootNames: [...texts.keys()], options, host })
  return [...texts.keys()].flatMap((path) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ messageText }) => {
      return `${path.slice(home.length)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    }),
  )
}
