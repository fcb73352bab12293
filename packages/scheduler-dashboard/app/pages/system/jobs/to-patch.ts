import type { JobConfigBody, JobView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { readLength, writeLength } from './lengths.ts'
import {
  POLICY_FIELDS,
  type PolicyField,
  type PolicyName,
  type PolicyValue,
  policyInWords,
  policyValue,
} from './policy-fields.ts'

/** What stands in the fields of the dialog; empty is as the code says. */
export type PolicyTexts = Readonly<Partial<Record<PolicyName, string>>>

export interface Patch {
  readonly body: JobConfigBody
  readonly problems: Readonly<Partial<Record<PolicyName, string>>>
  /** What changes, for the reader. */
  readonly changes: readonly { readonly name: PolicyName; readonly from: string; readonly to: string }[]
}

export const EDITABLE = POLICY_FIELDS.filter(({ isSettable }) => isSettable)

/** The fields as they are now. */
export function toTexts(job: Pick<JobView, 'policies'>): PolicyTexts {
  return Object.fromEntries(EDITABLE.map((field) => [field.name, toText(field, policyValue(field, job.policies))]))
}

/** The change that the fields ask for: only of what is not as it was. */
export function toPatch(job: Pick<JobView, 'policies' | 'defaults'>, texts: PolicyTexts): Patch {
  const before = toTexts(job)
  const body: Record<string, PolicyValue> = {}
  const retry: Record<string, PolicyValue> = {}
  const problems: Partial<Record<PolicyName, string>> = {}
  const changes: Patch['changes'][number][] = []
  for (const field of EDITABLE) {
    const { name } = field
    const text = (texts[name] ?? '').trim()
    if (text === before[name]) continue
    const read = readValue(field, text)
    if (typeof read === 'object' && read !== null) {
      problems[name] = read.problem
      continue
    }
    ;(field.isRetry ? retry : body)[name] = read
    const next = read ?? policyValue(field, job.defaults)
    changes.push({
      name,
      from: policyInWords(field, policyValue(field, job.policies)),
      to: policyInWords(field, next),
    })
  }
  return { body: { ...body, ...(Object.keys(retry).length > 0 && { retry }) }, problems, changes }
}

/** Whether a job is as a change asked for. */
export function isInEffect(job: JobView, body: JobConfigBody): boolean {
  const { schedule: _, retry, why: __, ...own } = body
  const asked: Readonly<Record<string, unknown>> = { ...own, ...retry }
  return EDITABLE.every((field) => {
    const value = asked[field.name]
    if (value === undefined) return true
    return policyValue(field, job.policies) === (value ?? policyValue(field, job.defaults))
  })
}

function toText({ kind }: PolicyField, value: PolicyValue): string {
  if (value === null) return ''
  return kind === 'length' && typeof value === 'number' ? writeLength(value) : String(value)
}

function readValue({ kind }: PolicyField, text: string): PolicyValue | { readonly problem: string } {
  const words = strings.policies.edit
  if (text === '') return null
  if (kind === 'word') return text
  if (kind === 'length') return readLength(text) ?? { problem: words.badLength }
  return /^-?\d{1,9}$/.test(text) ? Number(text) : { problem: words.badNumber }
}
