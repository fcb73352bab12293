import { idOfCondition } from '../../metrics/metrics.ts'
import type { ProviderCondition } from '../../ports/providers.ts'
import { LABELS } from '../labels.ts'
import { prometheusName } from '../names.ts'
import { type AlertRule, BY_PROVIDER, BY_SCHEDULER, PROVIDER, type RuleMaker, SCHEDULER } from './alert-rule.ts'
import { prometheusNameOf as name } from './name-of.ts'
import { MINUTE } from './rule-time.ts'

/** Alerts on providers and feeds. Each condition of providers with an alarm has a rule. */
export function sourceRules(make: RuleMaker, conditions: readonly ProviderCondition[]): readonly AlertRule[] {
  const { warning, increase } = make
  return [
    warning('ProviderFailing', {
      expr:
        `max by (${BY_PROVIDER}) (${increase('provider_failed_calls', 15 * MINUTE)}) / ` +
        `max by (${BY_PROVIDER}) (${increase('provider_calls', 15 * MINUTE)}) > 0.5`,
      for: 5 * MINUTE,
      summary: `More than half of the calls to ${PROVIDER} fail`,
      description: 'No validated data came out of them; the fallback, if there is one, is asked instead.',
    }),
    ...conditions.flatMap((condition) => ruleOfCondition(make, condition)),
    warning('FeedsExpired', {
      expr: `min by (${BY_SCHEDULER}) (${name('feeds_expired')}) > 0`,
      for: 5 * MINUTE,
      summary: `{{ $value }} feeds of ${SCHEDULER} are too old to be used`,
      description: 'The freshness page names them.',
    }),
  ]
}

/** The rule `ProviderCircuitOpen` for the state `open` of the condition `circuit`. */
function ruleOfCondition({ warning }: RuleMaker, condition: ProviderCondition): readonly AlertRule[] {
  const { alarm } = condition
  if (!alarm) return []
  const metric = prometheusName({ id: idOfCondition(condition), kind: 'states', unit: 'state' })
  return [
    warning(`Provider${pascalCase(condition.name)}${pascalCase(alarm.state)}`, {
      expr: `min by (${BY_PROVIDER}) (${metric}{${LABELS.state}="${alarm.state}"}) == 1`,
      for: 5 * MINUTE,
      summary: `${PROVIDER} ${alarm.summary}`,
      description: alarm.description,
    }),
  ]
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z0-9])/g, (_, first: string) => first.toUpperCase())
}
