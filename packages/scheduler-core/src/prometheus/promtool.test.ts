import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { playTrace, TRACES, type TraceScript, type TraceStep } from '@pm/scheduler-testing'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { type AlertRule, schedulerAlertRules } from './alert-rules.ts'
import { type Sample, toMetricFamilies } from './metric-families.ts'
import { registerSchedulerMetrics } from './register-scheduler-metrics.ts'

const hasPromtool = spawnSync('promtool', ['--version']).status === 0
if (!hasPromtool) console.info("Skipped, since promtool is not here: what is published against Prometheus's own rules.")

const MINUTE = 60_000
const poll = { name: 'poll', schedule: { kind: 'every', periodMs: MINUTE, anchorAt: 0 } } as const
const FAILED_CALL = { provider: 'yahoo_finance', outcome: 'failed', answered: true, durationMs: 10 } as const
const failing = Array.from({ length: 9 }, () => ({ outcome: 'fails' as const }))

interface Alarm {
  readonly trace: TraceScript
  readonly alert: string
  /** Whose alert it is, beside the scheduler (default the job). */
  readonly of?: Readonly<Record<string, string>>
  readonly at: number
  readonly notAt: number
}

/** What befalls a job, minute by minute from the epoch on, and the alert that has to go off, and when it must not yet. */
const ALARMS: readonly Alarm[] = [
  {
    alert: 'JobKeepsFailing',
    trace: script('fails again and again', { attempts: failing, minutes: 8 }),
    notAt: 2,
    at: 3,
  },
  {
    alert: 'JobHasNotSucceeded',
    trace: script('never succeeds after its first run', {
      attempts: [{ outcome: 'succeeds' }, ...failing],
      minutes: 8,
    }),
    notAt: 4,
    at: 6,
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
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'promtool-'))
    // A rule file may be JSON: that is YAML, too.
    writeFileSync(join(folder, 'rules.yml'), JSON.stringify(schedulerAlertRules()))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(TRACES)('finds nothing to say against what is published after: $name', async (trace) => {
    const manual = await playTrace(trace)
    onTestFinished(manual.close)
    const registry = new Registry()
    registerSchedulerMetrics(registry, manual.scheduler)
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: await registry.metrics(), encoding: 'utf8' })
    expect(checked).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  it('accepts the alert rules', () => {
    expect(execFileSync('promtool', ['check', 'rules', join(folder, 'rules.yml')], { encoding: 'utf8' })).toMatch(
      /SUCCESS: \d+ rules found/,
    )
  })

  it.each(ALARMS)(
    'raises $alert when a job $trace.story, and not before',
    async ({ alert, trace, of = { job: 'poll' }, at, notAt }) => {
      const series = await seriesOf(trace)
      const file = join(folder, `${alert}.yml`)
      const alerts = (minute: number, expected: readonly object[]) => ({
        eval_time: `${minute}m`,
        alertname: alert,
        exp_alerts: expected,
      })
      const rule = schedulerAlertRules().groups[0].rules.find((one) => one.alert === alert)
      const tests = [
        {
          interval: '1m',
          input_series: [...series].map(([name, values]) => ({ series: name, values: values.join(' ') })),
          alert_rule_test: [
            alerts(notAt, []),
            alerts(at, [expectedOf(rule, { scheduler: 'scheduler', ...of }, failuresAt(series, at))]),
          ],
        },
      ]
      writeFileSync(file, JSON.stringify({ rule_files: ['rules.yml'], evaluation_interval: '1m', tests }))
      const checked = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' })
      expect(checked.stderr + checked.stdout).toContain('SUCCESS')
      expect(checked.status).toBe(0)
    },
  )
})

/** Every series that a trace leaves behind, one value a minute, the first before anything has happened. */
async function seriesOf(trace: TraceScript): Promise<Map<string, string[]>> {
  const series = new Map<string, string[]>()
  const manual = await playTrace(trace, {
    startAt: 0,
    async afterPass({ scheduler, clock }) {
      const minute = Math.floor(clock.monotonic() / MINUTE)
      const reading = await scheduler.snapshot({ maxAgeMs: 0 }).catch(() => null)
      const samples = reading ? toMetricFamilies(reading).flatMap((family) => family.samples) : []
      for (const sample of samples) {
        const values = series.get(nameOf(sample)) ?? []
        while (values.length < minute) values.push('_')
        values[minute] = String(sample.value)
        series.set(nameOf(sample), values)
      }
    },
  })
  onTestFinished(manual.close)
  return series
}

function nameOf({ name, labels }: Sample): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`
}

function failuresAt(series: ReadonlyMap<string, string[]>, minute: number): string {
  return series.get('scheduler_consecutive_failures{scheduler="scheduler",job="poll"}')?.[minute] ?? ''
}

/** The alert as it reaches people: its templates filled in from what it is about. */
function expectedOf(rule: AlertRule | undefined, labels: Readonly<Record<string, string>>, value: string) {
  if (!rule) throw new Error('There is no such rule.')
  const filled = (text: string) =>
    text.replaceAll('{{ $value }}', value).replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, name) => labels[name] ?? '')
  const { summary, description } = rule.annotations
  return {
    exp_labels: { ...rule.labels, ...labels },
    exp_annotations: { summary: filled(summary), description: filled(description) },
  }
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
