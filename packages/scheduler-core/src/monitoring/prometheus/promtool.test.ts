import { spawnSync } from 'node:child_process'

import { playTrace, TRACES, type TraceScript, type TraceStep } from '@pm/scheduler-testing'
import { Registry } from 'prom-client'
import { describe, expect, it, onTestFinished } from 'vitest'

import { checkAlertRules, createScrapes, hasPromtool, type Scrapes, testAlert } from '../../../test/promtool.ts'
import { registerSchedulerMetrics } from './register-scheduler-metrics.ts'

const MINUTE = 60_000
const poll = { name: 'poll', schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 } } as const
const FAILED_CALL = { provider: 'yahoo_finance', outcome: 'failed', answered: true, durationMs: 10 } as const
const failing = Array.from({ length: 9 }, () => ({ outcome: 'fails' as const }))

interface Alarm {
  readonly trace: TraceScript
  readonly alert: string
  /** The labels of the alert beside the scheduler (default the job). */
  readonly of?: Readonly<Record<string, string>>
  /** The value in its text (default the consecutive failures). */
  readonly value?: string
  readonly at: number
  readonly notAt: number
}

/**
 * The trace of a job, minute by minute from the epoch on, the alert that has to be raised, and when it must not yet be.
 */
const ALARMS: readonly Alarm[] = [
  {
    alert: 'JobKeepsFailing',
    trace: script('fails again and again', { attempts: failing, minutes: 8 }),
    notAt: 2,
    at: 3,
  },
  {
    alert: 'JobOverdue',
    trace: script('never succeeds after its first run', {
      attempts: [{ outcome: 'succeeds' }, ...failing],
      minutes: 11,
    }),
    value: '480',
    notAt: 9,
    at: 10,
  },
  {
    alert: 'DueTimesMissed',
    trace: {
      ...script('the clock jumps', { minutes: 0 }),
      steps: [...minutes(2), { kind: 'jump-wall', ms: 10 * MINUTE }, ...minutes(2)],
    },
    notAt: 1,
    at: 4,
  },
  {
    alert: 'RunsOverlap',
    trace: script('takes six minutes', { attempts: [{ outcome: 'succeeds', takesMs: 6 * MINUTE }], minutes: 8 }),
    notAt: 3,
    at: 7,
  },
  {
    alert: 'RunsOrphaned',
    trace: {
      ...script('its process dies', { attempts: [{ outcome: 'hangs' }], minutes: 0 }),
      steps: [...minutes(1), { kind: 'crash' }, { kind: 'restart' }, ...minutes(2)],
    },
    notAt: 1,
    at: 4,
  },
  {
    alert: 'ProviderFailing',
    trace: script('gets no data out of its provider', {
      attempts: Array.from({ length: 12 }, () => ({ outcome: 'succeeds' as const, calls: [FAILED_CALL] })),
      minutes: 12,
    }),
    of: { provider: 'yahoo_finance' },
    notAt: 4,
    at: 10,
  },
]

describe.skipIf(!hasPromtool)("Prometheus's own tool", () => {
  it.each(TRACES)('accepts the metrics that are published after: $name', async (trace) => {
    const manual = await playTrace(trace)
    onTestFinished(manual.close)
    const registry = new Registry()
    registerSchedulerMetrics(registry, manual.scheduler)
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: await registry.metrics(), encoding: 'utf8' })
    expect(checked).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  it('accepts the alert rules', () => {
    expect(checkAlertRules()).toMatch(/SUCCESS: \d+ rules found/)
  })

  it.each(ALARMS)(
    'raises $alert when a job $trace.story, and not before',
    async ({ alert, trace, of = { scheduler_job: 'poll' }, at, notAt, ...more }) => {
      const scrapes = await scrapesOf(trace)
      const labels = { scheduler: 'scheduler', ...of }
      const { value = failuresAt(scrapes, at) } = more
      expect(testAlert({ alert, scrapes, labels, value, raisedAt: at, quietAt: [notAt] })).toContain('SUCCESS')
    },
  )
})

/** The scrapes of a trace, one a minute, the first before anything has happened. */
async function scrapesOf(trace: TraceScript): Promise<Scrapes> {
  const scrapes = createScrapes()
  const manual = await playTrace(trace, {
    startAt: 0,
    afterPass: ({ scheduler, clock }) => scrapes.scrape(scheduler, Math.floor(clock.monotonic() / MINUTE)),
  })
  onTestFinished(manual.close)
  return scrapes
}

function failuresAt({ series }: Scrapes, minute: number): string {
  return series.get('scheduler_consecutive_failures{scheduler="scheduler",scheduler_job="poll"}')?.[minute] ?? ''
}

function script(
  story: string,
  { attempts = [], minutes: count }: { attempts?: TraceScript['attempts']; minutes: number },
): TraceScript {
  return { name: story, story, job: poll, attempts, steps: minutes(count) }
}

function minutes(count: number): readonly TraceStep[] {
  return [
    { kind: 'pass', ms: 0 } as const,
    ...Array.from({ length: count }, () => ({ kind: 'pass', ms: MINUTE }) as const),
  ]
}
