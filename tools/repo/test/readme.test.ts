import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

import { root } from '../project.ts'
import { blocksOf, problemsOf } from './problems-of.ts'

/** Checking types takes some seconds on an idle machine. */
const SLOW = 120_000

/** The package that has everything that the README imports among its dependencies. */
const home = fileURLToPath(new URL('packages/scheduler-express/test/', root))

const page = readFileSync(new URL('README.md', root), 'utf8')
const blocks = blocksOf('README.md')
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
    expect(problemsOf(home, { ...programs, undeclared })).toEqual(["undeclared.ts: Cannot find name 'missing'."])
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
