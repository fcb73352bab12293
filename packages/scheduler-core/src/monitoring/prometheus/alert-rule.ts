import type { InstrumentId } from '../instruments.ts'
import { LABELS } from '../labels.ts'
import { prometheusNameOf } from './name-of.ts'
import type { RuleTime } from './rule-time.ts'

/** One alert rule in Prometheus's format. */
export interface AlertRule {
  readonly alert: string
  readonly expr: string
  /** How long the condition has to hold. */
  readonly for: string
  readonly labels: { readonly severity: 'critical' | 'warning' }
  readonly annotations: { readonly summary: string; readonly description: string }
}

/** What makes rules at one scale of time. */
export interface RuleMaker extends RuleTime {
  critical(alert: string, text: RuleText): AlertRule
  warning(alert: string, text: RuleText): AlertRule
  /** The increase of a counter over the last so many seconds. */
  increase(id: InstrumentId, seconds: number): string
}

export interface RuleText extends Pick<AlertRule, 'expr'> {
  /** In seconds (default none). */
  readonly for?: number
  readonly summary: string
  readonly description: string
}

export function createRuleMaker(time: RuleTime): RuleMaker {
  const rule = (alert: string, severity: AlertRule['labels']['severity'], text: RuleText): AlertRule => ({
    alert,
    expr: text.expr,
    for: time.duration(text.for ?? 0),
    labels: { severity },
    annotations: { summary: text.summary, description: text.description },
  })
  return {
    ...time,
    critical: (alert, text) => rule(alert, 'critical', text),
    warning: (alert, text) => rule(alert, 'warning', text),
    increase: (id, seconds) => `increase(${prometheusNameOf(id)}[${time.duration(seconds)}])`,
  }
}

/** What the rules group by, and how their texts name it. */
export const BY_SCHEDULER = LABELS.scheduler
export const BY_JOB = `${LABELS.scheduler}, ${LABELS.job}`
export const BY_PROVIDER = `${LABELS.scheduler}, ${LABELS.provider}`
export const SCHEDULER = `{{ $labels.${LABELS.scheduler} }}`
export const JOB = `{{ $labels.${LABELS.job} }}`
export const PROVIDER = `{{ $labels.${LABELS.provider} }}`
