import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AlertRule } from '../src/monitoring/prometheus/alert-rule.ts'
import { schedulerAlertRules } from '../src/monitoring/prometheus/alert-rules.ts'
import { type Sample, toMetricFamilies } from '../src/monitoring/prometheus/metric-families.ts'
import type { Scheduler } from '../src/scheduler-api.ts'
import { DECLARED } from './declared.ts'

/** Prometheus's own tool, where this machine has it. */
export const hasPromtool = spawnSync('promtool', ['--version']).status === 0
if (!hasPromtool) console.info("Skipped, since promtool is not here: what is published against Prometheus's own rules.")

/** The scrapes of Prometheus: the values of each series, one a minute; `_` where there was none. */
export interface Scrapes {
  readonly series: ReadonlyMap<string, readonly string[]>
  /** Scrapes a scheduler. One that cannot be read has no samples. */
  scrape(scheduler: Scheduler, minute: number): Promise<void>
}

export function createScrapes(): Scrapes {
  const series = new Map<string, string[]>()
  return {
    series,
    async scrape(scheduler, minute) {
      const reading = await scheduler.snapshot({ maxAgeMs: 0 }).catch(() => null)
      const samples = reading ? toMetricFamilies(reading).flatMap((family) => family.samples) : []
      for (const sample of samples) {
        const values = series.get(nameOf(sample)) ?? []
        while (values.length < minute) values.push('_')
        values[minute] = String(sample.value)
        series.set(nameOf(sample), values)
      }
    },
  }
}

function nameOf({ name, labels }: Sample): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}="${value}"`)
    .join(',')}}`
}

/** The expected result of an alert rule. */
export interface AlertTest {
  readonly alert: string
  readonly scrapes: Scrapes
  /** The labels of the alert. */
  readonly labels: Readonly<Record<string, string>>
  /** The value in its text, where the text has one. */
  readonly value?: string
  /** `null`: at none of the minutes that are looked at. */
  readonly raisedAt: number | null
  /** The minutes at which it must not be raised. */
  readonly quietAt: readonly number[]
}

/**
 * The output of `promtool test rules`. It contains `SUCCESS` when the alert is raised word for word when it should be.
 */
export function testAlert({ alert, scrapes, labels, value = '', raisedAt, quietAt }: AlertTest): string {
  const alerts = (minute: number, expected: readonly object[]) => ({
    eval_time: `${minute}m`,
    alertname: alert,
    exp_alerts: expected,
  })
  const tests = [
    {
      interval: '1m',
      // Only what the rule looks at: the tool reads all that it is given again for each minute.
      input_series: [...scrapes.series]
        .filter(([series]) => ruleOf(alert).expr.includes(series.split('{')[0] ?? series))
        .map(([series, values]) => ({ series, values: values.join(' ') })),
      alert_rule_test: [
        ...quietAt.map((minute) => alerts(minute, [])),
        ...(raisedAt === null ? [] : [alerts(raisedAt, [expectedOf(ruleOf(alert), labels, value)])]),
      ],
    },
  ]
  const asked = { rule_files: [RULES], evaluation_interval: '1m', tests }
  return promtool(['test', 'rules'], { file: asked, rules: [ruleOf(alert)] })
}

/** The output of `promtool check rules` for the rules that we publish. */
export function checkAlertRules(): string {
  const { groups } = schedulerAlertRules(DECLARED)
  return promtool(['check', 'rules'], { file: { groups }, rules: groups[0].rules })
}

const RULES = 'rules.yml'

interface Asked {
  readonly file: object
  /** Only those that matter: the tool evaluates each of them for each minute, which for a day takes most of its time. */
  readonly rules: readonly AlertRule[]
}

/** Runs promtool on a file beside the rules. The file may be JSON, since that is YAML too. */
function promtool(command: readonly string[], { file, rules }: Asked): string {
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'))
  try {
    writeFileSync(join(folder, RULES), JSON.stringify({ groups: [{ name: 'scheduler', rules }] }))
    writeFileSync(join(folder, 'asked.yml'), JSON.stringify(file))
    const { stdout, stderr } = spawnSync('promtool', [...command, join(folder, 'asked.yml')], { encoding: 'utf8' })
    return stdout + stderr
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ruleOf(alert: string): AlertRule {
  const rule = schedulerAlertRules(DECLARED).groups[0].rules.find((one) => one.alert === alert)
  if (!rule) throw new Error(`There is no rule ${alert}.`)
  return rule
}

/** The alert as people read it, with its templates filled in. */
function expectedOf(rule: AlertRule, labels: Readonly<Record<string, string>>, value: string) {
  const filled = (text: string) =>
    text.replaceAll('{{ $value }}', value).replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, name) => labels[name] ?? '')
  const { summary, description } = rule.annotations
  return {
    exp_labels: { ...rule.labels, ...labels },
    exp_annotations: { summary: filled(summary), description: filled(description) },
  }
}
