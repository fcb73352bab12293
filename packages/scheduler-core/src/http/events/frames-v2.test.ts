import { createManualClock, type ManualClock } from '@pm/scheduler-testing'
import { describe, expect, it, onTestFinished } from 'vitest'

import type { AdminEventV2, MarketDataEventV2 } from '../../contract/events.ts'
import {
  createMemoryBackend,
  createScheduler,
  every,
  type FeedObservation,
  type SchedulerOptions,
} from '../../index.ts'
import type { LibraryAudience } from '../../reading/audience.ts'
import { createHttpService, type HttpService } from '../service/create-http-service.ts'

describe('the events of version 2', () => {
  it.each(['admin', 'market-data'] as const)(
    'of the %s view take less than 100 bytes a second while nothing happens, reconnects included',
    async (view) => {
      const { clock, connect, newestId } = await open({ view, jobs: jobsOf(5), feeds: feedsOf(() => []) })
      const first = await connect()
      const before = first.bytes()
      let bytes = 0
      let lastEventId: string | null = null
      let reader = await connect(newestId(first))
      const SECONDS = 720
      for (let second = 0; second < SECONDS; second++) {
        await clock.advance(1_000)
        if (second % 240 !== 239) continue
        lastEventId = newestId(reader) ?? newestId(first)
        bytes += reader.bytes()
        reader.leave()
        reader = await connect(lastEventId)
      }
      bytes += reader.bytes()
      expect(first.events()).toHaveLength(1)
      expect((first.bytes() - before) / SECONDS).toBeLessThan(1)
      expect(bytes / SECONDS).toBeLessThan(100)
    },
  )

  it('do not come because instances send their heartbeats by turns', async () => {
    const { clock, connect, startAnother } = await open({ view: 'admin', jobs: jobsOf(1) })
    for (let instance = 0; instance < 2; instance++) {
      await clock.advance(1_000)
      await startAnother()
    }
    await clock.advance(1_000)
    const reader = await connect()
    await clock.advance(120_000)
    expect(reader.events<AdminEventV2>().map(({ status }) => status.instances.live)).toEqual([3])
  })

  it('carry the status as /status says it, and in the first one that many jobs may have changed', async () => {
    const { connect, get } = await open({ view: 'admin', jobs: jobsOf(2) })
    const [event] = (await connect()).events<AdminEventV2>()
    expect(event?.changed).toEqual({ jobs: 'many' })
    expect(event?.status).toEqual(await get('/status'))
  })

  it('name the jobs that have changed, and only those', async () => {
    const { clock, connect, scheduler } = await open({ view: 'admin', jobs: jobsOf(3) })
    const reader = await connect()
    await scheduler.runJob('job-1')
    await scheduler.whenIdle()
    await clock.advance(1_000)
    await scheduler.pauseJob('job-2')
    await clock.advance(1_000)
    const [, ran, paused] = reader.events<AdminEventV2>().filter(({ changed }) => changed.jobs.length > 0)
    expect(ran?.changed).toEqual({ jobs: ['job-1'] })
    expect(paused?.changed).toEqual({ jobs: ['job-2'] })
    expect(paused?.status.attention.items).toMatchObject([{ name: 'job-2', conditions: ['paused'] }])
  })

  it('say many where commands have undone one another, since a reader may have read what was in between', async () => {
    const { clock, connect, scheduler } = await open({ view: 'admin', jobs: jobsOf(2) })
    const reader = await connect()
    await clock.advance(10)
    await scheduler.pauseJob('job-1')
    await scheduler.resumeJob('job-1')
    await clock.advance(1_000)
    expect(reader.events<AdminEventV2>().map(({ changed }) => changed.jobs)).toEqual(['many', 'many'])
  })

  it('say many where more than 50 jobs have changed', async () => {
    const { clock, connect, scheduler } = await open({ view: 'admin', jobs: jobsOf(51) })
    const reader = await connect()
    for (let job = 0; job < 51; job++) await scheduler.runJob(`job-${job}`)
    await scheduler.whenIdle()
    await clock.advance(1_000)
    expect(reader.events<AdminEventV2>().at(-1)?.changed).toEqual({ jobs: 'many' })
  })

  it('say many to a reader that has missed some, which then knows what a fresh read says', async () => {
    const { clock, connect, scheduler, get } = await open({ view: 'admin', jobs: jobsOf(2) })
    const [slow, quick] = [await connect(), await connect()]
    slow.fill()
    for (const job of ['job-0', 'job-1', 'job-0']) {
      await scheduler.runJob(job)
      await scheduler.whenIdle()
      await clock.advance(1_000)
    }
    slow.drain()
    const last = slow.events<AdminEventV2>().at(-1)
    expect(last?.changed).toEqual({ jobs: 'many' })
    expect(quick.events<AdminEventV2>().at(-1)).toMatchObject({ changed: { jobs: ['job-0'] } })
    const fresh = (await get('/status')) as AdminEventV2['status']
    expect(last?.status.windows).toEqual(fresh.windows)
    expect(last?.status.jobs).toEqual(fresh.jobs)
  })

  it('tell the users of the data which feeds have changed, also one that stays fresh', async () => {
    let delivered: number | null = null
    const feeds = feedsOf(() => [
      { provider: 'yahoo', feed: 'AAPL', eventAt: delivered, fetchedAt: delivered, changedAt: null },
      { provider: 'yahoo', feed: 'MSFT', eventAt: null, fetchedAt: null, changedAt: null },
    ])
    const { clock, connect } = await open({ view: 'market-data', jobs: jobsOf(1), feeds })
    const reader = await connect()
    await clock.advance(5_000)
    expect(reader.events()).toHaveLength(1)
    delivered = clock.now()
    await clock.advance(2_000)
    const events = reader.events<MarketDataEventV2>()
    expect(events.map(({ changed }) => changed)).toEqual([
      { feeds: 'many' },
      { feeds: [{ provider: 'yahoo', feed: 'AAPL' }] },
    ])
  })

  it('begin with the present, although nothing was told for minutes', async () => {
    const { clock, connect } = await open({ view: 'admin', jobs: jobsOf(1) })
    const early = await connect()
    await clock.advance(300_000)
    const [event] = (await connect()).events<AdminEventV2>()
    expect(Date.parse(event?.status.as_of ?? '')).toBeGreaterThan(clock.now() - 2_000)
    expect(early.text()).not.toContain(event?.status.as_of)
  })
})

interface Host extends Pick<SchedulerOptions<object>, 'jobs'>, Partial<Pick<SchedulerOptions<object>, 'feeds'>> {
  readonly view: LibraryAudience
}

/** Jobs that are due in a day. */
function jobsOf(count: number): SchedulerOptions<object>['jobs'] {
  return Array.from({ length: count }, (_, n) => ({
    name: `job-${n}`,
    schedule: every({ hours: 24 }),
    handler: () => {},
  }))
}

function feedsOf(read: () => readonly FeedObservation[]): NonNullable<SchedulerOptions<object>['feeds']> {
  return { read: async () => read(), judge: () => ({ status: 'fresh', expectedBy: null }) }
}

async function open({ view, jobs, feeds }: Host) {
  const clock = createManualClock()
  const backend = createMemoryBackend()
  const start = async () => {
    const started = createScheduler({ name: 'quiet', clock, jobs, ...(feeds && { feeds }), ...backend })
    await started.open()
    onTestFinished(() => started.close({ graceMs: 0 }))
    return started
  }
  const scheduler = await start()
  const authorize = () => ({ allow: true, principal: { name: 'ada' } }) as const
  const options = { view, version: 'v2', clock, authorize, live: { maxConnectionMs: 86_400_000 } } as const
  const service = createHttpService(scheduler, options)
  onTestFinished(() => service.closeStreams())
  return {
    clock,
    scheduler,
    startAnother: start,
    connect: (lastEventId: string | null = null) => connectTo(service, clock, lastEventId),
    newestId: (reader: { readonly text: () => string }) =>
      [...reader.text().matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? null,
    async get(path: string): Promise<unknown> {
      const { body } = await service.answer({ path, request: requestFor({}), native: null })
      return JSON.parse(Buffer.from(body ?? []).toString())
    },
  }
}

async function connectTo(service: HttpService<unknown>, clock: ManualClock, lastEventId: string | null) {
  const request = requestFor(lastEventId === null ? {} : { 'last-event-id': lastEventId })
  const { stream } = await service.answer({ path: '/events', request, native: null })
  const chunks: Uint8Array[] = []
  let full = false
  const text = () => Buffer.concat(chunks).toString()
  stream?.open({
    write(bytes) {
      chunks.push(bytes)
      return !full
    },
    end: () => {},
    destroy: () => {},
  })
  await clock.advance(0)
  return {
    text,
    bytes: () => chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0),
    events: <T = unknown>() => [...text().matchAll(/^data: (.*)$/gm)].map(([, data]): T => JSON.parse(data ?? '')),
    fill: () => {
      full = true
    },
    drain() {
      full = false
      stream?.drained()
    },
    leave: () => stream?.closed(),
  }
}

function requestFor(headers: Readonly<Record<string, string>>) {
  return {
    method: 'GET',
    params: {},
    query: '',
    hosts: [],
    header: (name: string) => headers[name] ?? null,
    readBody: async () => ({ kind: 'none' }) as const,
  }
}
