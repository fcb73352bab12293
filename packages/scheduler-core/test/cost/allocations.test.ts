import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

// What a run allocates, in what can be counted: nothing here is timed.

const CHILD = new URL('runs-child.ts', import.meta.url).pathname

/** Nothing is collected while it is counted, and no optimised code leaves an allocation out: every time the same. */
const FLAGS = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256', '--no-opt', '--no-maglev']

/** A few per cent over what it is. When it has become less, put the new figure here: the message tells it. */
const LIMIT_BYTES = { every: 6_000, cron: 6_000 } as const

it.each(['every', 'cron'] as const)('a run of %s allocates no more than it did, over 10,000 runs', async (kind) => {
  const args = ['--conditions=@pm/source', '--no-warnings', ...FLAGS, CHILD, kind]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { runs, bytesPerRun }: { runs: number; bytesPerRun: number } = JSON.parse(stdout)
  expect(runs).toBe(10_000)
  const limit = LIMIT_BYTES[kind]
  expect(bytesPerRun, `${bytesPerRun} bytes`).toBeLessThanOrEqual(limit)
  // The limit follows, or the next regression hides under it.
  expect(bytesPerRun, `${bytesPerRun} bytes: lower the limit`).toBeGreaterThan(limit * 0.9)
})
