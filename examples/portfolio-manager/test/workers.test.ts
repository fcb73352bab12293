import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type AdminStatusV2, adminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type RunningApplication, startOn } from './application.ts'
import { eventually, familyOf, isAlive } from './processes.ts'

/*
 * One story of a scheduler with three workers: they run the polls, one of them is killed and comes back, a stop drains all
 * of them, and a killed scheduler leaves none behind.
 */

const dataDir = mkdtempSync(join(tmpdir(), 'portfolio-manager-'))
const started: RunningApplication[] = []
let app: RunningApplication

const start = async () => {
  app = await startOn(dataDir, { POLL_INTERVAL_SECONDS: '1' }, ['--workers', '3'])
  started.push(app)
}

beforeAll(start)
afterAll(async () => {
  for (const { main } of started) {
    main.child.kill('SIGKILL')
    await main.exited
  }
  rmSync(dataDir, { recursive: true, force: true })
})

const readStatus = async () => adminStatusV2.parse(await app.read('/api/v2/admin/scheduler/status'))

/** The living workers, as the system page lists them. */
function liveWorkers({ instances }: AdminStatusV2) {
  return (instances.items ?? []).filter(({ role, state }) => role === 'worker' && state !== 'silent')
}

const successesIn = ({ windows }: AdminStatusV2) => windows.lifetime.successful_runs ?? 0

async function runsIn(state: string) {
  const path = `/api/v2/admin/scheduler/runs?state=${state}`
  return (await app.read<{ items: readonly { readonly instance: string }[] }>(path)).items
}

/** Polls that succeed from now on, until there are so many more. */
async function morePolls(count: number): Promise<AdminStatusV2> {
  const before = successesIn(await readStatus())
  return eventually(`${count} more polls`, async () => {
    const status = await readStatus()
    return successesIn(status) >= before + count && status
  })
}

test('a scheduler and three workers start, the workers run the polls, and the status says who', async () => {
  expect(app.main.stdout).toContain('3 processes run the polls')
  const status = await morePolls(3)
  expect(status.instances.workers).toBe(3)
  const workers = new Set(liveWorkers(status).map(({ id }) => id))
  const polls = await runsIn('succeeded')
  expect(polls.filter(({ instance }) => !workers.has(instance))).toEqual([])
})

test('a worker that is killed is started again, and polls go on', async () => {
  const [victim] = liveWorkers(await readStatus())
  process.kill(pidOf(victim), 'SIGKILL')
  await app.main.printed(/a worker has ended, and is started again/)
  await eventually('another in its place', async () => {
    const pids = liveWorkers(await readStatus()).map(pidOf)
    return pids.length >= 3 && pids.some((pid) => pid !== pidOf(victim) && isAlive(pid))
  })
  await morePolls(2)
})

test('a stop drains the workers, and the next start has as many', async () => {
  const orphaned = await runsIn('orphaned')
  const family = familyOf(app.main.child.pid ?? 0)
  app.main.child.kill('SIGTERM')
  expect(await app.main.exited).toBe(0)
  await eventually('every process of it is gone', () => !family.some(isAlive))
  expect(app.main.stderr).toBe('')
  await start()
  await morePolls(2)
  expect(await runsIn('orphaned')).toHaveLength(orphaned.length)
})

test('a scheduler that is killed leaves no worker behind', async () => {
  const workers = liveWorkers(await readStatus())
    .map(pidOf)
    .filter(isAlive)
  expect(workers).toHaveLength(3)
  const family = familyOf(app.main.child.pid ?? 0)
  expect(family).toEqual(expect.arrayContaining(workers))
  app.main.child.kill('SIGKILL')
  expect(await app.main.exited).toBe('SIGKILL')
  await eventually('every process of it is gone', () => !family.some(isAlive))
})

function pidOf(instance: { readonly process: string | null } | undefined): number {
  if (instance === undefined || instance.process === null) throw new Error('The status names no process.')
  return Number(instance.process)
}
