import { describe, expect, it } from 'vitest'
import {
  type AdminStatusV2,
  adminStatusV2,
  type JobListView,
  jobList,
  type LedgerPageView,
  ledgerPage,
} from '../src/contract/v2.ts'
import { createFetchHandler } from '../src/http/index.ts'
import { metricScopeOf } from '../src/metrics/scope.ts'
import { toMetricFamilies } from '../src/monitoring/prometheus/metric-families.ts'
import type { Scheduler } from '../src/scheduler-api.ts'
import { MINUTE, openQueuedWorld } from './queued-world.ts'

describe('runs that wait for a worker', () => {
  it('are counted by themselves, per job and together, with the age of the oldest', async () => {
    const { manual, pass } = await openQueuedWorld()
    await pass(5 * MINUTE)
    const status = await askStatus(manual.scheduler)
    expect(status.scheduler).toMatchObject({ queued_runs: 6, oldest_queued_seconds: 240, running_runs: 0 })
    expect(status.scheduler).toMatchObject({ concurrency: 0, health: { status: 'warn', reasons: ['NO_WORKER'] } })
    expect(status.windows.lifetime).toMatchObject({ total_runs: 0, attempts_total: 0, avg_queue_wait_ms: null })
    expect(status.jobs).toMatchObject({ total: 2, ok: 0, running: 0, queued: 2, no_worker: 2 })
    expect(status.attention.items.map(({ conditions }) => conditions)).toEqual([['no_worker'], ['no_worker']])
    const { items } = await askJobs(manual.scheduler)
    const poll = { queued_runs: 5, oldest_queued_seconds: 240, workers: 0 }
    const report = { queued_runs: 1, oldest_queued_seconds: 0, workers: 0 }
    expect(items).toMatchObject([
      { name: 'poll', ...poll },
      { name: 'report', ...report },
    ])
  })

  it('are in the lists as what they are: since when, for whom they wait, and not begun', async () => {
    const { manual, pass } = await openQueuedWorld()
    await pass(MINUTE)
    const { items } = await askRuns(manual.scheduler, '?state=queued')
    const at = new Date(manual.startedAt + MINUTE).toISOString()
    const queued = { state: 'queued', queued_at: at, started_at: null, attempt: 0, waiting_for: 'worker' }
    const unknown = { queue_wait_ms: null, lateness_ms: null, duration_ms: null, settled_at: null }
    expect(items).toEqual([expect.objectContaining({ job: 'poll', scheduled_for: at, ...queued, ...unknown })])
    expect((await askRuns(manual.scheduler, '?state=running')).items).toEqual([])
    const due = await ask(manual.scheduler, `/jobs/poll/due-times?from=${at}&to=${plus(at, MINUTE)}`)
    expect(due).toMatchObject({ items: [{ fate: 'run', run: { state: 'queued', queued_at: at, started_at: null } }] })
    const told = await ask(manual.scheduler, `/jobs/poll/explain?at=${at}`)
    const text = `${at} was due. It has waited in a queue for a worker since ${at}.`
    expect(told).toMatchObject({ kind: 'recorded', text })
    const audit = await ask(manual.scheduler, `/audit?from=${at}&to=${plus(at, 1)}`)
    expect(audit).toMatchObject({ accounted: true, items: [{ job: 'poll', started: 1, pending: 0 }, {}] })
  })

  it('are cancelled through the route, and then never began', async () => {
    const { manual, server, pass, work } = await openQueuedWorld()
    await pass(MINUTE)
    const [first] = (await askRuns(manual.scheduler, '?state=queued')).items
    const [message] = server.messages
    expect(message?.id).toBe(first?.id)
    await ask(manual.scheduler, `/runs/${first?.id}/cancel`, { method: 'POST', body: { why: 'not needed' } })
    await pass(0)
    expect(server.messages).toEqual([])
    const cancelled = await ask(manual.scheduler, `/runs/${first?.id}`)
    const never = { started_at: null, attempt: 0, queue_wait_ms: null, duration_ms: null, waiting_for: null }
    expect(cancelled).toMatchObject({ state: 'cancelled', queued_at: first?.queued_at, ...never })
    const told = await ask(manual.scheduler, `/jobs/poll/explain?at=${first?.scheduled_for}`)
    expect(told).toMatchObject({ text: expect.stringContaining('and was cancelled before a worker took it over.') })
    await work()
    await pass(1_000)
    const { windows, instances } = await askStatus(manual.scheduler)
    expect(windows.lifetime).toMatchObject({ total_runs: 0, cancelled_runs: 1, attempts_total: 0 })
    expect(instances).toMatchObject({ total: 2, live: 2, workers: 1, dropped_messages: 0 })
  })

  it('begin at a worker, and tell how long they had waited in every window, format and list', async () => {
    const { manual, pass, work } = await openQueuedWorld()
    await pass(MINUTE)
    await pass(30_000)
    await work()
    await pass(1_000)
    const status = await askStatus(manual.scheduler)
    expect(status.scheduler).toMatchObject({ queued_runs: 0, oldest_queued_seconds: 0, health: { reasons: [] } })
    for (const runs of Object.values(status.windows)) {
      expect(runs).toMatchObject({ total_runs: 1, avg_queue_wait_ms: 30_000, max_queue_wait_ms: 30_000 })
      expect(runs.p95_queue_wait_ms).toBeCloseTo(30_000, -3)
    }
    const [run] = (await askRuns(manual.scheduler, '')).items
    expect(run).toMatchObject({ state: 'succeeded', attempt: 1, queue_wait_ms: 30_000, lateness_ms: 30_000 })
    const samples = toMetricFamilies(await manual.scheduler.snapshot({ maxAgeMs: 0 })).flatMap((one) => one.samples)
    const valueIn = (name: string) => samples.find((sample) => sample.name === name)?.value
    expect(valueIn('scheduler_queue_wait_seconds_sum')).toBe(30)
    expect(valueIn('scheduler_queue_wait_seconds_count')).toBe(1)
    expect(valueIn('scheduler_queued_runs')).toBe(0)
    expect(valueIn('scheduler_job_workers')).toBe(1)
    expect(valueIn('scheduler_workers_live')).toBe(1)
    const history = `metric=max_queue_wait_ms&from=${at(manual.startedAt)}&to=${at(manual.startedAt + 2 * MINUTE)}`
    const series = await ask(manual.scheduler, `/history?${history}&step_ms=${MINUTE}`)
    expect(series).toMatchObject({ points: [{ value: null }, { value: 30_000 }] })
  })

  it('are a problem of their queue after ten hand-overs, unless a pause keeps them', async () => {
    const { manual, server, pass, work } = await openQueuedWorld()
    await work()
    server.hold()
    await pass(11 * MINUTE)
    expect((await askStatus(manual.scheduler)).scheduler.health.reasons).toEqual([])
    await pass(1_000)
    expect((await askStatus(manual.scheduler)).scheduler.health.reasons).toEqual(['QUEUE_STALLED'])
    await manual.scheduler.pause()
    await pass(2_000)
    const { scheduler } = await askStatus(manual.scheduler)
    expect(scheduler).toMatchObject({ oldest_queued_seconds: 603, health: { reasons: [] } })
  })

  it('of a job that no worker has are left in the queue, and counted there', async () => {
    const { manual, pass, work } = await openQueuedWorld()
    await work(['report'])
    await pass(MINUTE + 30_000)
    const { jobs, instances, scheduler } = await askStatus(manual.scheduler)
    expect(jobs).toMatchObject({ queued: 1, no_worker: 1 })
    expect(scheduler.health.reasons).toEqual(['NO_WORKER'])
    expect(instances.items.map(({ role, concurrency }) => [role, concurrency])).toEqual([
      ['scheduler', 0],
      ['worker', 8],
    ])
    expect(instances.left_messages).toBeGreaterThan(0)
  })

  it('are told to those who may see their job alone', async () => {
    const { manual, pass, work } = await openQueuedWorld()
    await work(['report'])
    await pass(5 * MINUTE + 1_000)
    const seen = await askStatus(manual.scheduler, ['report'])
    expect(seen.scheduler).toMatchObject({ queued_runs: 0, oldest_queued_seconds: 0, health: { status: 'pass' } })
    expect(seen.jobs).toMatchObject({ total: 1, queued: 0, no_worker: 0 })
    expect(seen.instances).toMatchObject({ workers: 1, dropped_messages: null, left_messages: null })
    expect(seen.instances.items).toMatchObject([
      { running_runs: null, dropped_messages: null, left_messages: null },
      { running_runs: null, dropped_messages: null, left_messages: null },
    ])
    const poll = await askStatus(manual.scheduler, ['poll'])
    expect(poll.scheduler).toMatchObject({ queued_runs: 5, oldest_queued_seconds: 241 })
    expect(poll.scheduler.health.reasons).toEqual(['NO_WORKER'])
  })
})

it('a scheduler without an engine publishes no series of a queue, and shows none', async () => {
  const { manual, pass, work } = await openQueuedWorld()
  await work()
  const reading = await manual.scheduler.snapshot({ maxAgeMs: 0 })
  const names = toMetricFamilies(reading).flatMap(({ samples }) => samples.map(({ name }) => name))
  expect(names.filter((name) => name.startsWith('scheduler_queue_wait'))).toEqual([])
  expect(metricScopeOf(reading).run.queued).toBe(0)
  await pass(0)
})

async function askStatus(scheduler: Scheduler, jobs?: readonly string[]): Promise<AdminStatusV2> {
  return adminStatusV2.parse(await ask(scheduler, '/status', { ...(jobs && { jobs }) }))
}

async function askJobs(scheduler: Scheduler): Promise<JobListView> {
  return jobList.parse(await ask(scheduler, '/jobs?state=queued'))
}

async function askRuns(scheduler: Scheduler, query: string) {
  const { items }: LedgerPageView = ledgerPage.parse(await ask(scheduler, `/runs${query}`))
  return { items: items.flatMap((entry) => (entry.kind === 'run' ? [entry] : [])) }
}

interface Asking {
  readonly method?: 'GET' | 'POST'
  readonly body?: object
  /** Those that the caller is told of (default all). */
  readonly jobs?: readonly string[]
}

async function ask(scheduler: Scheduler, path: string, { method = 'GET', body, jobs }: Asking = {}): Promise<unknown> {
  const handler = createFetchHandler(scheduler, {
    view: 'admin',
    version: 'v2',
    control: true,
    authorize: () => ({ allow: true, principal: { name: 'ada' }, ...(jobs && { jobs }) }),
  })
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'one' }
  const request = body ? { method, headers, body: JSON.stringify(body) } : { method }
  const answer = await handler(new Request(`http://localhost${path}`, request))
  const json: unknown = await answer.json()
  if (!answer.ok) throw new Error(JSON.stringify(json))
  return json
}

function plus(iso: string, ms: number): string {
  return at(Date.parse(iso) + ms)
}

function at(ms: number): string {
  return new Date(ms).toISOString()
}
