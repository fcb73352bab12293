import { type Declared, NOTHING_DECLARED } from '../../ports/declared.ts'
import { type AlertRule, createRuleMaker } from './alert-rule.ts'
import { jobRules } from './job-rules.ts'
import { createRuleTime } from './rule-time.ts'
import { schedulerRules } from './scheduler-rules.ts'
import { sourceRules } from './source-rules.ts'

/** A rule file, as data: write it as YAML or JSON where Prometheus looks for rules. */
export interface AlertRuleFile {
  readonly groups: readonly [{ readonly name: 'scheduler'; readonly rules: readonly AlertRule[] }]
}

export interface AlertRuleOptions {
  /**
   * Multiplies every time of the rules: how long a condition has to hold, how far back a rule looks, and the ages with
   * which it compares (default 1). With `1/100` a rehearsal sees in 3 s what production sees in 5 minutes. The texts keep
   * their words, and what a job is allowed comes from its policies.
   */
  readonly timeScale?: number
}

/**
 * Alerts on what a scheduler publishes. Every process that shares a store publishes the same lifetime counts, so the
 * rules take the maximum over the processes and never their sum. `declared` is what the host's sources declare, or its
 * scheduler (default nothing): each condition of providers with an alarm has a rule. Throws `INVALID_OPTIONS` for a time
 * scale that is no number above 0.
 */
export function schedulerAlertRules(
  { providerConditions }: Pick<Declared, 'providerConditions'> = NOTHING_DECLARED,
  { timeScale = 1 }: AlertRuleOptions = {},
): AlertRuleFile {
  const make = createRuleMaker(createRuleTime(timeScale))
  return {
    groups: [
      {
        name: 'scheduler',
        rules: [...schedulerRules(make), ...jobRules(make), ...sourceRules(make, providerConditions)],
      },
    ],
  }
}
