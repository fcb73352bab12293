import { createMemoryBackend, createScheduler, defineJob, every, type Scheduler, z } from '@pm/scheduler-core'
import {
  createFetchHandler,
  type FetchHandler,
  type Route,
  routesOf,
  type StatusVersion,
} from '@pm/scheduler-core/http'
import { expect, it, onTestFinished } from 'vitest'

import { createManualClock, type ManualClock } from '../../manual-clock.ts'
import { pathOf, queriesOf } from '../../walk/requests-of.ts'
import type { WalkedView } from '../../walk/walk.ts'

/**
 * What may differ, because it belongs to no job: `authorization.md` says so of each. Commands are numbered by the version
 * of the control state.
 */
const OF_NO_JOB =
  /^\/log\S* \.items\.\d+\.id$|\.(?:version|process|sessions|calls)\b|explain=(?:control_version|process_|event_loop_|sessions_)/

const T0 = Date.UTC(2025, 8, 16, 2)
const OWN_JOB = 'desk.alpha'
/** Fewer than all jobs have, and more than the reader's. */
const MOST_ROWS = 8

/*
 * Two hosts that differ only in the jobs of others answer alike to somebody who is told of the rest: what differs could be
 * computed from others' jobs, whatever it is called.
 */
it.each([
  ['admin', 'v1'],
  ['admin', 'v2'],
  ['market-data', 'v1'],
  ['market-data', 'v2'],
] as const)('the jobs of others change nothing in what %s tells in %s', async (view, version) => {
  const hosts = await Promise.all([openHost([]), openHost(['aaa.omega', 'omega.q7', 'omega.held'])])
  const readers = hosts.map(({ scheduler, clock }) => readerOf(scheduler, { view, version, clock }))
  const ids = await Promise.all(hosts.map(({ scheduler }) => runOf(scheduler)))
  const routes = routesOf({ view, version }).filter(({ mediaType }) => mediaType === undefined)
  const { items }: { readonly items: readonly Metric[] } = JSON.parse(
    (await read(readers[0], '/metrics/definitions')).text,
  )
  // Calls are those of a provider, whichever job makes them.
  const metrics = items.filter(({ counts }) => counts !== 'calls')
  for (const route of routes)
    for (const query of queriesTo(route, { metrics, version })) {
      const [alone, beside] = await Promise.all(
        readers.map((reader, at) => read(reader, `${pathOf(route, { job: OWN_JOB, runId: ids[at] ?? '' })}${query}`)),
      )
      expect([route.path, query, beside?.status]).toEqual([route.path, query, alone?.status])
      const differing = differences(plain(alone?.text), plain(beside?.text)).map(
        (path) => `${route.path}${query} ${path}`,
      )
      expect(differing.filter((path) => !OF_NO_JOB.test(path))).toEqual([])
    }
})

interface Metric {
  readonly id: string
  readonly counts: string
}

interface Asked {
  readonly metrics: readonly Metric[]
  readonly version: StatusVersion
}

/** Every way of asking, and every number explained or over time. */
function queriesTo(route: Pick<Route, 'id' | 'isOfAskedJob'>, { metrics, version }: Asked): readonly string[] {
  const explains = ['jobs', 'freshness'].includes(route.id) || (route.id === 'status' && version === 'v2')
  const range = 'from=2025-09-16T01:00:00Z&to=2025-09-16T03:00:00Z&step_ms=3600000'
  return [
    ...queriesOf(route, { job: OWN_JOB, runId: '' }),
    ...(explains ? metrics.map(({ id }) => `?explain=${id}`) : []),
    ...(route.id === 'history' ? metrics.map(({ id }) => `?metric=${id}&${range}`) : []),
  ]
}

async function openHost(others: readonly string[]) {
  const clock = createManualClock({ startAt: T0 })
  const names = [...others.slice(0, 1), OWN_JOB, 'desk.beta', ...others.slice(1)]
  const jobs = names.map((name, at) =>
    defineJob({
      name,
      schedule: every({ minutes: others.includes(name) ? 5 + at : 15 }),
      owner: name,
      input: z.object({}).meta({ title: name }),
      handler(ctx) {
        ctx.report({ processed: 3 })
        ctx.recordCall({ provider: 'feed', outcome: 'succeeded', answered: true, durationMs: 4 })
        if (name !== OWN_JOB) throw new Error(`${name} failed`)
      },
    }),
  )
  const scheduler = createScheduler({
    name: 'host',
    clock,
    jobs,
    reads: { maxRows: MOST_ROWS },
    ...createMemoryBackend(),
  })
  await scheduler.open()
  onTestFinished(() => scheduler.close({ graceMs: 0 }))
  for (const name of names) {
    await scheduler.runJob(name, { by: 'ada', input: {} })
    await scheduler.whenIdle()
    if (name !== 'desk.beta') await scheduler.configureJob(name, { priority: 2 }, { by: 'ada' })
  }
  if (others.length > 0) await scheduler.pauseJob('omega.held', { by: 'ada' })
  await clock.advance(20 * 60_000)
  await scheduler.whenIdle()
  return { scheduler, clock }
}

interface Reading {
  readonly view: WalkedView
  readonly version: StatusVersion
  readonly clock: ManualClock
}

function readerOf(scheduler: Scheduler, { view, version, clock }: Reading): FetchHandler {
  const authorize = () =>
    ({ allow: true, principal: { name: 'sam' }, jobs: (job: string) => job.startsWith('desk.') }) as const
  return createFetchHandler(scheduler, { view, version, clock, authorize })
}

async function read(handler: FetchHandler | undefined, path: string) {
  const answer = await handler?.(new Request(`http://localhost${path}`))
  return { status: answer?.status, text: (await answer?.text()) ?? '' }
}

async function runOf(scheduler: Scheduler): Promise<string | undefined> {
  return (await scheduler.listRuns({ job: OWN_JOB, limit: 1 })).items[0]?.id
}

/** Without what is random in every process: ids of runs and instances, and the epoch of snapshots. */
function plain(text = ''): unknown {
  return JSON.parse(text.replace(/[\da-f]{8}-[\da-f-]{27}/g, 'id').replace(/"[\da-f]{1,16}-(\d+)"/g, '"epoch-$1"'))
}

/** The paths at which two answers differ. */
function differences(one: unknown, other: unknown, path = ''): readonly string[] {
  if (!isObject(one) || !isObject(other)) return one === other ? [] : [path]
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].flatMap((key) => differences(one[key], other[key], `${path}.${key}`))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
