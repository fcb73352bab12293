import { context, SpanStatusCode } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { AggregationTemporality, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { createManualScheduler, playTrace, TRACES } from '@pm/scheduler-testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { MAX_COUNT } from '../../limits.ts'
import { every } from '../../schedule/every.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { createRunTracing } from './create-run-tracing.ts'
import { registerSchedulerInstruments } from './register-scheduler-instruments.ts'

describe('On a meter of OpenTelemetry', () => {
  it('counts, states and instants are observed as the snapshot has them', async () => {
    const { points, manual } = await measured('failure')
    const job = { scheduler: 'scheduler', scheduler_job: 'poll' }
    expect(await points('scheduler.runs')).toEqual([{ value: 3, attributes: job }])
    expect(await points('scheduler.failed_runs')).toEqual([{ value: 2, attributes: job }])
    expect(await points('scheduler.last_success')).toEqual([
      { value: (manual.startedAt + 60_000) / 1_000, attributes: job },
    ])
    expect(await points('scheduler.state')).toContainEqual({
      value: 1,
      attributes: { scheduler: 'scheduler', state: 'running' },
    })
  })

  it('a sum that is no longer exact is not observed, and every other one is', async () => {
    const { points, manual } = await measured('success')
    const { snapshot } = await manual.scheduler.snapshot({ maxAgeMs: 0 })
    const [job] = snapshot.jobs
    if (!job) throw new Error('The trace has a job.')
    const lifetime = { ...job.tallies.lifetime, items_processed: MAX_COUNT }
    const absurd = { ...snapshot, jobs: [{ ...job, tallies: { ...job.tallies, lifetime } }] }
    manual.scheduler.snapshot = async () => ({ snapshot: absurd, stale: false, ageMs: 0 })
    expect(await points('scheduler.items_processed')).toEqual([])
    expect(await points('scheduler.runs')).toMatchObject([{ value: 3 }])
  })

  it('durations are recorded in seconds as runs of this process are settled', async () => {
    const { manual, points } = await measured('success', { fromTheStart: true })
    await manual.advance(3 * 60_000 + 30_000)
    expect(await points('scheduler.duration')).toEqual([
      {
        value: expect.objectContaining({ count: 3, sum: expect.closeTo(0.6, 9), max: 0.3 }),
        attributes: { scheduler: 'scheduler', scheduler_job: 'poll' },
      },
    ])
    expect(await points('scheduler.lateness')).toMatchObject([{ value: { count: 3, sum: 0 } }])
    // The representative of a bucket of response times is within 1 % of each of them.
    const [answered] = await points('scheduler.response_time')
    expect(answered?.attributes).toEqual({ scheduler: 'scheduler', provider: 'yahoo_finance' })
    expect(answered?.value).toMatchObject({ count: 6, sum: expect.closeTo(0.9, 2) })
  })

  it('a secret in the name of a provider is in no attribute', async () => {
    const call = {
      provider: 'quotes of canary7f3a',
      outcome: 'succeeded',
      answered: true,
      durationMs: 1,
    } as const
    const manual = await createManualScheduler({
      secrets: ['canary7f3a'],
      providers: { describe: () => [{ name: call.provider, enabled: true, apiKeyConfigured: true }] },
      jobs: [{ name: 'poll', schedule: every({ minutes: 1 }), handler: ({ recordCall }) => recordCall(call) }],
    })
    onTestFinished(manual.close)
    const { points } = observed(manual.scheduler)
    await manual.runToNextDue()
    await manual.advance(0)
    for (const metric of ['scheduler.response_time', 'scheduler.provider_calls']) {
      for (const { attributes } of await points(metric)) {
        expect(attributes).toEqual({ scheduler: 'scheduler', provider: 'quotes of [redacted]' })
      }
    }
    expect(await points('scheduler.response_time')).toHaveLength(1)
  })

  it('a scheduler that registers again after a hot reload is observed and recorded once, until it is unregistered', async () => {
    const { manual, points, meter, stop } = await measured('success', { fromTheStart: true })
    const again = registerSchedulerInstruments(meter, manual.scheduler)
    const idle = { name: 'idle', schedule: every({ days: 365 }), handler: () => {} }
    const other = await createManualScheduler({ name: 'other', jobs: [idle], clock: manual.clock })
    onTestFinished(other.close)
    const stopOther = registerSchedulerInstruments(meter, other.scheduler)
    // What the module before the reload cleans up late is not what took its place.
    stop()
    await manual.advance(3 * 60_000 + 30_000)
    expect(await points('scheduler.runs')).toEqual([
      { value: 3, attributes: { scheduler: 'scheduler', scheduler_job: 'poll' } },
      { value: 0, attributes: { scheduler: 'other', scheduler_job: 'idle' } },
    ])
    expect(await points('scheduler.duration')).toMatchObject([{ value: { count: 3 } }])
    again()
    stopOther()
    await manual.advance(60_000)
    expect(await points('scheduler.duration')).toMatchObject([{ value: { count: 3 } }])
  })
})

describe('The tracing of runs', () => {
  beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()))
  afterAll(() => context.disable())

  it('puts one span around a run with all its attempts, and the spans of the handler are its children', async () => {
    const { tracer, spans } = traced()
    let tries = 0
    const manual = await createManualScheduler({
      aroundRun: createRunTracing({ tracer }),
      secrets: ['secret'],
      jobs: [
        {
          name: 'poll',
          schedule: every({ minutes: 1 }),
          retry: { maxAttempts: 2, backoffMs: 0 },
          handler: () => {
            tracer.startSpan('query').end()
            if (++tries === 1) throw new Error('key=secret')
          },
        },
      ],
    })
    onTestFinished(manual.close)
    await manual.runToNextDue()
    await manual.advance(0)

    const [first, second, run] = spans()
    expect(run).toMatchObject({
      name: 'run poll',
      attributes: { 'scheduler.job': 'poll', 'scheduler.run.outcome': 'succeeded' },
      status: { code: SpanStatusCode.UNSET },
      events: [
        {
          name: 'exception',
          attributes: {
            'exception.type': 'Error',
            'exception.message': 'key=[redacted]',
            'exception.stacktrace': expect.stringMatching(/^Error: key=\[redacted\]\n {4}at /),
            'scheduler.run.attempt': 1,
          },
        },
      ],
    })
    const parent = run?.spanContext().spanId
    expect([first, second].map((span) => [span?.name, span?.parentSpanContext?.spanId])).toEqual([
      ['query', parent],
      ['query', parent],
    ])
    expect(JSON.stringify(spans().map(({ attributes, status, events }) => [attributes, status, events]))).not.toContain(
      'secret',
    )
  })

  it('marks a run that failed, and ends its span', async () => {
    const { tracer, spans } = traced()
    const manual = await createManualScheduler({
      aroundRun: createRunTracing({ tracer }),
      jobs: [
        {
          name: 'poll',
          schedule: every({ minutes: 1 }),
          handler: () => Promise.reject(new Error('no', { cause: NO_HOST })),
        },
      ],
    })
    onTestFinished(manual.close)
    await manual.runToNextDue()
    expect(spans()).toMatchObject([
      {
        attributes: { 'scheduler.run.outcome': 'failed', 'error.type': 'ENOTFOUND' },
        status: { code: SpanStatusCode.ERROR, message: 'no' },
        events: [
          {
            name: 'exception',
            attributes: { 'exception.stacktrace': expect.stringMatching(/\n {2}cause: Error: no such host$/) },
          },
        ],
        ended: true,
      },
    ])
  })
})

const NO_HOST = Object.assign(new Error('no such host'), { code: 'ENOTFOUND' })

function traced() {
  const exporter = new InMemorySpanExporter()
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  onTestFinished(() => provider.shutdown())
  return { tracer: provider.getTracer('test'), spans: () => exporter.getFinishedSpans() }
}

class PullReader extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.CUMULATIVE })
  }
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

async function measured(name: (typeof TRACES)[number]['name'], { fromTheStart = false } = {}) {
  const script = TRACES.find((one) => one.name === name)
  if (!script) throw new Error(`There is no trace ${name}.`)
  const manual = await playTrace(fromTheStart ? { ...script, steps: [] } : script)
  onTestFinished(manual.close)
  return { manual, ...observed(manual.scheduler) }
}

function observed(scheduler: Scheduler) {
  const reader = new PullReader()
  const provider = new MeterProvider({ readers: [reader] })
  const meter = provider.getMeter('test')
  const stop = registerSchedulerInstruments(meter, scheduler)
  onTestFinished(async () => {
    stop()
    await provider.shutdown()
  })
  async function points(metric: string) {
    const { resourceMetrics } = await reader.collect()
    const found = resourceMetrics.scopeMetrics
      .flatMap(({ metrics }) => metrics)
      .find(({ descriptor }) => descriptor.name === metric)
    return found?.dataPoints.map(({ value, attributes }) => ({ value, attributes })) ?? []
  }
  return { points, meter, stop }
}
