import { idOfCondition } from '../../metrics/metrics.ts'
import { type Declared, NOTHING_DECLARED } from '../../ports/declared.ts'
import type { ProviderCondition } from '../../ports/providers.ts'
import type { InstrumentId } from '../instruments.ts'
import { prometheusName } from '../names.ts'
import { prometheusNameOf as name } from './name-of.ts'

/** One alert rule in Prometheus's format. */
export interface AlertRule {
  readonly alert: string
  readonly expr: string
  /** How long the condition has to hold. */
  readonly for: string
  readonly labels: { readonly severity: 'critical' | 'warning' }
  readonly annotations: { readonly summary: string; readonly description: string }
}

/** A rule file, as data: write it as YAML or JSON where Prometheus looks for rules. */
export interface AlertRuleFile {
  readonly groups: readonly [{ readonly name: 'scheduler'; readonly rules: readonly AlertRule[] }]
}

/**
 * Alerts on what a scheduler publishes. Every process that shares a store publishes the same lifetime counts, so the
 * rules take the maximum over the processes and never their sum. `declared` is what the host's sources declare, or its
 * scheduler (default nothing): each condition of providers with an alarm has a rule.
 */
export function schedulerAlertRules({
  providerConditions,
}: Pick<Declared, 'providerConditions'> = NOTHING_DECLARED): AlertRuleFile {
  const conditions = providerConditions.flatMap(ruleOfCondition)
  return { groups: [{ name: 'scheduler', rules: [...SCHEDULER, ...JOBS, ...PROVIDERS, ...conditions, ...FEEDS] }] }
}

const SCHEDULER: readonly AlertRule[] = [
  critical('SchedulerInError', {
    expr: `max by (scheduler) (${name('state')}{state="error"}) == 1`,
    for: '1m',
    summary: 'Scheduler {{ $labels.scheduler }} cannot reach its store',
    description: 'Nothing is claimed and nothing is settled until the store is back; due times meanwhile are missed.',
  }),
  warning('SchedulerStatusIsStale', {
    expr: `min by (scheduler) (${name('snapshot_age_seconds')}) > 60`,
    for: '1m',
    summary: 'The status of {{ $labels.scheduler }} is older than a minute',
    description: 'The store could not be read; every page shows the last snapshot before that.',
  }),
  warning('SchedulerSessionOpenTooLong', {
    expr: `max by (scheduler) (${name('sessions_longest_open_ms')}) > 300`,
    for: '1m',
    summary: 'A unit of work of {{ $labels.scheduler }} has been open for over 5 minutes',
    description: 'A handler holds a database session: the leak report names the unit and where it was opened.',
  }),
]

const JOBS: readonly AlertRule[] = [
  warning('JobKeepsFailing', {
    expr: `max by (scheduler, job) (${name('consecutive_failures')}) >= 3`,
    for: '0m',
    summary: 'Job {{ $labels.job }} of {{ $labels.scheduler }} has failed {{ $value }} times in a row',
    description: 'The last runs of the ledger hold the errors.',
  }),
  critical('JobHasNotSucceeded', {
    expr:
      `time() - max by (scheduler, job) (${name('last_success_at')}) > ` +
      `3 * max by (scheduler, job) (${name('interval_minutes')}) ` +
      `and on (scheduler) max by (scheduler) (${name('state')}{state="running"}) == 1`,
    for: '1m',
    summary: 'Job {{ $labels.job }} of {{ $labels.scheduler }} has not succeeded for three of its intervals',
    description: 'Whatever it keeps up to date is older than it should be, although the scheduler is running.',
  }),
  warning('DueTimesMissed', {
    expr: `max by (scheduler, job) (${increase('missed_runs', '15m')}) > 0`,
    for: '0m',
    summary: 'Job {{ $labels.job }} of {{ $labels.scheduler }} missed due times',
    description: 'Nobody was there at these due times, or the process was too busy to start them in time.',
  }),
  warning('RunsOrphaned', {
    expr: `max by (scheduler, job) (${increase('failed_runs_orphaned', '15m')}) > 0`,
    for: '0m',
    summary: 'A process died in the middle of a run of {{ $labels.job }}',
    description: 'Its lease ran out; with onOrphan "rerun" another process runs it again.',
  }),
  warning('RunsOverlap', {
    expr: `max by (scheduler, job) (${increase('skipped_runs_overlap', '1h')}) > 3`,
    for: '0m',
    summary: 'Job {{ $labels.job }} of {{ $labels.scheduler }} takes longer than its interval',
    description: 'More than three due times in an hour met a run that was still going.',
  }),
]

const PROVIDERS: readonly AlertRule[] = [
  warning('ProviderFailing', {
    expr:
      `max by (scheduler, provider) (${increase('provider_failed_calls', '15m')}) / ` +
      `max by (scheduler, provider) (${increase('provider_calls', '15m')}) > 0.5`,
    for: '5m',
    summary: 'More than half of the calls to {{ $labels.provider }} fail',
    description: 'No validated data came out of them; the fallback, if there is one, is asked instead.',
  }),
]

const FEEDS: readonly AlertRule[] = [
  warning('FeedsExpired', {
    expr: `min by (scheduler) (${name('feeds_expired')}) > 0`,
    for: '5m',
    summary: '{{ $value }} feeds of {{ $labels.scheduler }} are too old to be used',
    description: 'The freshness page names them.',
  }),
]

/** The rule `ProviderCircuitOpen` for the state `open` of the condition `circuit`. */
function ruleOfCondition(condition: ProviderCondition): readonly AlertRule[] {
  const { alarm } = condition
  if (!alarm) return []
  const metric = prometheusName({ id: idOfCondition(condition), kind: 'states', unit: 'state' })
  return [
    warning(`Provider${pascalCase(condition.name)}${pascalCase(alarm.state)}`, {
      expr: `min by (scheduler, provider) (${metric}{state="${alarm.state}"}) == 1`,
      for: '5m',
      summary: `{{ $labels.provider }} ${alarm.summary}`,
      description: alarm.description,
    }),
  ]
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase())
}

function increase(id: InstrumentId, range: string): string {
  return `increase(${name(id)}[${range}])`
}

interface RuleText extends Pick<AlertRule, 'expr' | 'for'> {
  readonly summary: string
  readonly description: string
}

function critical(alert: string, text: RuleText): AlertRule {
  return rule(alert, 'critical', text)
}

function warning(alert: string, text: RuleText): AlertRule {
  return rule(alert, 'warning', text)
}

function rule(alert: string, severity: 'critical' | 'warning', { summary, description, ...rest }: RuleText): AlertRule {
  return { alert, ...rest, labels: { severity }, annotations: { summary, description } }
}
