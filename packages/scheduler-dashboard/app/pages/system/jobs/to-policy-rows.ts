import type { JobView, ScheduleView } from '@pm/scheduler-core/contract/v2'

import { scheduleInWords } from '../../../format/schedule-words.ts'
import { strings } from '../../../strings/index.ts'
import { POLICY_FIELDS, type PolicyField, type PolicyName, policyInWords, policyValue } from './policy-fields.ts'

/** One line of what decides when and how a job runs. */
export interface PolicyRow {
  readonly name: PolicyName | 'schedule'
  readonly label: string
  readonly help: string
  readonly effective: string
  readonly inCode: string
  /** A cron pattern, beside its words. */
  readonly pattern: string | null
  readonly isOverridden: boolean
  readonly isRetry: boolean
}

export function toPolicyRows(
  { policies, defaults, override }: Pick<JobView, 'policies' | 'defaults' | 'override'>,
  formatAt: (at: string) => string,
): readonly PolicyRow[] {
  const { names, help } = strings.policies
  const inWords = (schedule: ScheduleView) => scheduleInWords(schedule, formatAt)
  const set: Readonly<Partial<Record<PolicyName, unknown>>> = { ...override, ...override.retry }
  return [
    {
      name: 'schedule',
      label: names.schedule,
      help: help.schedule,
      effective: inWords(policies.schedule),
      inCode: inWords(defaults.schedule),
      pattern: policies.schedule.kind === 'cron' ? policies.schedule.pattern : null,
      isOverridden: override.schedule !== undefined,
      isRetry: false,
    },
    ...POLICY_FIELDS.filter((field) => isTold(field, policies)).map((field) => ({
      name: field.name,
      label: names[field.name],
      help: help[field.name],
      effective: policyInWords(field, policyValue(field, policies)),
      inCode: policyInWords(field, policyValue(field, defaults)),
      pattern: null,
      isOverridden: set[field.name] !== undefined,
      isRetry: field.isRetry,
    })),
  ]
}

/** Of most jobs the queue is the default one, and of most schedulers there is none. */
function isTold({ name }: PolicyField, { queue }: JobView['policies']): boolean {
  return name !== 'queue' || queue !== 'default'
}
