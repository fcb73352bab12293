import { type Backend, createManualScheduler, playTrace, TRACES } from '@pm/scheduler-testing'
import * as successor from '@prometheus-io/client'
import * as promClient from 'prom-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RunContext } from '../../job/run-context.ts'
import { createMemoryBackend } from '../../memory/create-memory-backend.ts'
import type { MemorySession } from '../../memory/memory-session.ts'
import { every } from '../../schedule/every.ts'
import { standardInstruments } from '../instruments.ts'
import { registerSchedulerMetrics } from './register-scheduler-metrics.ts'

const REGISTRIES = [
  { name: 'prom-client', create: () => new promClient.Registry() },
  { name: '@prometheus-io/client', create: () => new successor.Registry() },
]

describe.each(REGISTRIES)('On a registry of $name', ({ create }) => {
  it('a scheduler publishes its counts, states and instants in base units', async () => {
    const manual = await playTrace(trace('failure'))
    onTestFinished(manual.close)
    const registry = create()
    registerSchedulerMetrics(registry, manual.scheduler)

    const lines = (await registry.metrics()).split('\n')
    expect(lines).toContain('# TYPE scheduler_runs_total counter')
    expect(lines).toContain('scheduler_runs_total{scheduler="scheduler",scheduler_job="poll"} 3')
    expect(lines).toContain('scheduler_failed_runs_total{scheduler="scheduler",scheduler_job="poll"} 2')
    expect(lines).toContain('scheduler_consecutive_failures{scheduler="scheduler",scheduler_job="poll"} 2')
    expect(lines).toContain('scheduler_state{scheduler="scheduler",state="running"} 1')
    expect(lines).toContain('scheduler_state{scheduler="scheduler",state="paused"} 0')
    expect(lines).toContain('scheduler_interval_seconds{scheduler="scheduler",scheduler_job="poll"} 60')
    const lastSuccess = (manual.startedAt + 60_000) / 1_000
    expect(lines).toContain(
      `scheduler_last_success_timestamp_seconds{scheduler="scheduler",scheduler_job="poll"} ${lastSuccess}`,
    )
    expect(lines).toContain('scheduler_provider_calls_total{scheduler="scheduler",provider="yahoo_finance"} 3')
  })

  it('durations are a histogram whose sum and count are exact', async () => {
    const manual = await playTrace(trace('success'))
    onTestFinished(manual.close)
    const registry = create()
    registerSchedulerMetrics(registry, manual.scheduler)

    const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('scheduler_duration_seconds'))
    expect(lines).toContain('scheduler_duration_seconds_bucket{scheduler="scheduler",scheduler_job="poll",le="0.1"} 1')
    expect(lines).toContain('scheduler_duration_seconds_bucket{scheduler="scheduler",scheduler_job="poll",le="0.25"} 2')
    expect(lines).toContain('scheduler_duration_seconds_bucket{scheduler="scheduler",scheduler_job="poll",le="+Inf"} 3')
    expect(lines).toContain('scheduler_duration_seconds_sum{scheduler="scheduler",scheduler_job="poll"} 0.6')
    expect(lines).toContain('scheduler_duration_seconds_count{scheduler="scheduler",scheduler_job="poll"} 3')
  })

  it('an unknown value has no series, and a scheduler that cannot be read does not break the scrape of another', async () => {
    const job = { name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} }
    const fresh = await createManualScheduler({ name: 'fresh', jobs: [job] })
    onTestFinished(fresh.close)
    const unreadable = { ...fresh.scheduler, name: 'unreadable', snapshot: () => Promise.reject(new Error('no store')) }
    const registry = create()
    registerSchedulerMetrics(registry, [unreadable, fresh.scheduler])

    const text = await registry.metrics()
    expect(text).not.toContain('scheduler_last_success_timestamp_seconds{')
    expect(text).not.toContain('NaN')
    expect(text).toContain('scheduler_runs_total{scheduler="fresh",scheduler_job="poll"} 0')
    expect(text).not.toContain('unreadable')
  })

  it('a sum that is no longer exact has no series, and every other one has its own', async () => {
    const handler = (ctx: RunContext) => {
      for (let report = 0; report < 9_008; report++) ctx.report({ processed: 1e12, failed: 1 })
    }
    const jobs = [
      { name: 'absurd', schedule: every({ minutes: 1 }), handler },
      { name: 'poll', schedule: every({ minutes: 1 }), handler: (ctx: RunContext) => ctx.report({ processed: 8 }) },
    ]
    const manual = await createManualScheduler({ jobs })
    onTestFinished(manual.close)
    await manual.advance(60_000)
    const registry = create()
    registerSchedulerMetrics(registry, manual.scheduler)

    const text = await registry.metrics()
    const processed = text.split('\n').filter((line) => line.startsWith('scheduler_items_processed_total{'))
    expect(processed).toEqual(['scheduler_items_processed_total{scheduler="scheduler",scheduler_job="poll"} 8'])
    expect(text).toContain('scheduler_items_failed_total{scheduler="scheduler",scheduler_job="absurd"} 9008')
    expect(text).toContain('scheduler_runs_total{scheduler="scheduler",scheduler_job="absurd"} 1')
  })

  it('a scheduler that registers again after a hot reload takes the place of the one before, and others stay', async () => {
    const job = (name: string) => ({ name, schedule: every({ minutes: 1 }), handler: () => {} })
    const before = await createManualScheduler({ name: 'one', jobs: [job('old')] })
    const after = await createManualScheduler({ name: 'one', jobs: [job('new')] })
    const other = await createManualScheduler({ name: 'two', jobs: [job('poll')] })
    onTestFinished(async () => {
      for (const manual of [before, after, other]) await manual.close()
    })
    const registry = create()
    const runs = async () =>
      (await registry.metrics()).split('\n').filter((line) => /^scheduler_runs_total{/.test(line))
    registerSchedulerMetrics(registry, other.scheduler)
    const unregisterBefore = registerSchedulerMetrics(registry, before.scheduler)
    registerSchedulerMetrics(registry, before.scheduler)
    const unregister = registerSchedulerMetrics(registry, after.scheduler)
    const two = 'scheduler_runs_total{scheduler="two",scheduler_job="poll"} 0'
    expect(await runs()).toEqual([two, 'scheduler_runs_total{scheduler="one",scheduler_job="new"} 0'])

    // The module that was reloaded may clean up late: nothing of it is there any more.
    unregisterBefore()
    expect(await runs()).toEqual([two, 'scheduler_runs_total{scheduler="one",scheduler_job="new"} 0'])
    unregister()
    unregister()
    expect(await runs()).toEqual([two])
  })

  it('unregistering leaves the metrics of the host, also after OpenMetrics has shortened the names of ours', async () => {
    const job = { name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} }
    const manual = await createManualScheduler({ jobs: [job] })
    onTestFinished(manual.close)
    const registry = create()
    const own = hostGauge('own')
    registry.registerMetric(own as never)
    const unregister = registerSchedulerMetrics(registry, manual.scheduler)
    registry.setContentType('application/openmetrics-text; version=1.0.0; charset=utf-8' as never)
    expect(await registry.metrics()).toContain('scheduler_runs_total{')
    unregister()
    expect(registry.getMetricsAsArray()).toEqual([own])
  })

  it("a host's own metric with one of the names is refused by name, and what was published stays", async () => {
    const job = { name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} }
    const manual = await createManualScheduler({ jobs: [job] })
    onTestFinished(manual.close)
    const registry = create()
    const own = hostGauge('scheduler_runs_total')
    registry.registerMetric(own as never)
    expect(() => registerSchedulerMetrics(registry, manual.scheduler)).toThrow(
      'Invalid registry: got one that has another metric with the name scheduler_runs_total',
    )
    expect(registry.getMetricsAsArray()).toEqual([own])
  })

  it('a scrape reads the store once for each scheduler, however many metrics it asks for', async () => {
    const { sessions, store } = createMemoryBackend()
    let units = 0
    const reads: string[] = []
    const backend: Backend<MemorySession> = {
      sessions: {
        withSession(work, options) {
          units++
          return sessions.withSession(work, options)
        },
      },
      store: {
        ...store,
        readMeasures(session, query) {
          reads.push(query.scheduler)
          return store.readMeasures(session, query)
        },
      },
    }
    const job = { name: 'poll', schedule: every({ minutes: 1 }), handler: () => {} }
    const one = await createManualScheduler({ name: 'one', jobs: [job], ...backend })
    const two = await createManualScheduler({ name: 'two', jobs: [job], clock: one.clock, ...backend })
    onTestFinished(async () => {
      await one.close()
      await two.close()
    })
    const registry = create()
    registerSchedulerMetrics(registry, [one.scheduler, two.scheduler])
    for (let scrape = 0; scrape < 3; scrape++) {
      await one.advance(15_000)
      units = 0
      reads.length = 0
      expect((await registry.metrics()).match(/^# TYPE /gm)?.length).toBe(standardInstruments().length + 1)
      expect(reads.sort()).toEqual(['one', 'two'])
      expect(units).toBe(2)
    }
  })
})

function hostGauge(name: string) {
  const described = { name, help: 'of the host', type: 'gauge', aggregator: 'sum' }
  return { ...described, get: async () => ({ ...described, values: [] }) }
}

function trace(name: (typeof TRACES)[number]['name']) {
  const found = TRACES.find((one) => one.name === name)
  if (!found) throw new Error(`There is no trace ${name}.`)
  return found
}
