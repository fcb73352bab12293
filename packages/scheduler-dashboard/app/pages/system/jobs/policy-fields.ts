import type { PoliciesView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'

type JobPolicy = Exclude<keyof PoliciesView, 'schedule' | 'retry'>
type RetryPolicy = keyof PoliciesView['retry']
export type PolicyName = JobPolicy | RetryPolicy

export interface PolicyField {
  readonly name: PolicyName
  readonly kind: 'length' | 'number' | 'word' | 'text'
  readonly isRetry: boolean
  /** Of a word: what it may be. */
  readonly words: readonly string[]
  /** Whether it can be set at run time. */
  readonly isSettable: boolean
}

/** The policies in the order in which they are shown. */
export const POLICY_FIELDS: readonly PolicyField[] = [
  field('timeout_ms', 'length'),
  field('run_timeout_ms', 'length'),
  field('overlap_policy', ['skip', 'buffer-one', 'cancel-running', 'allow']),
  field('misfire_grace_ms', 'length'),
  field('misfire_policy', ['run-latest', 'skip', 'run-all']),
  field('priority', 'number'),
  { ...field('queue', 'text'), isSettable: false },
  field('max_attempts', 'number'),
  field('backoff_ms', 'length'),
  field('max_backoff_ms', 'length'),
  { ...field('on_orphan', ['fail', 'rerun']), isSettable: false },
]

function field(name: PolicyName, kind: 'length' | 'number' | 'text' | readonly string[]): PolicyField {
  const isRetry = name === 'max_attempts' || name === 'backoff_ms' || name === 'max_backoff_ms'
  const isWord = typeof kind !== 'string'
  return { name, kind: isWord ? 'word' : kind, isRetry, words: isWord ? kind : [], isSettable: true }
}

export type PolicyValue = string | number | null

export function policyValue({ name }: PolicyField, policies: PoliciesView): PolicyValue {
  const all: Readonly<Partial<Record<PolicyName, PolicyValue>>> = { ...policies, ...policies.retry }
  return all[name] ?? null
}

/** A value as one reads it. */
export function policyInWords({ name, kind }: PolicyField, value: PolicyValue): string {
  const words = strings.policies
  if (value === null) return name === 'run_timeout_ms' ? words.asAttempts : words.noLimit
  if (kind === 'text') return String(value)
  if (typeof value === 'string') return (words.words as Readonly<Record<string, string>>)[value] ?? value
  if (kind === 'length') return formatDuration(value)
  return name === 'max_attempts' ? words.attempts(formatNumber(value)) : formatNumber(value)
}

/** The name of a setting of the log, such as `retry.max_attempts`. */
export function labelOf(setting: string): string {
  const names: Readonly<Record<string, string>> = strings.policies.names
  return names[setting.split('.').at(-1) ?? setting] ?? setting
}
