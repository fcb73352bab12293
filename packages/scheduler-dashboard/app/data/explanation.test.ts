import type { MetricExplanationView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import { doubtOf, type ExplainedNumber, valuesFor } from './explanation.ts'

const number: ExplainedNumber = {
  of: 'all',
  name: null,
  window: 'recent',
  after: '2026-03-10T11:00:00.000Z',
  up_to: '2026-03-10T12:00:00.000Z',
  value: 50,
  counts: { succeeded: 1, failed: 1 },
}
const ofJob = (name: string, value: number) => ({ ...number, of: 'job', name, value })

function explained(values: readonly ExplainedNumber[]): MetricExplanationView {
  return { id: 'success_rate', fields: [], title: 'Success rate', unit: 'percent', formula: 'a / b', help: '', values }
}

describe('what explains a number', () => {
  it('is the value of all together, in the window of the number', () => {
    const lifetime = { ...number, window: 'lifetime' as const }
    expect(valuesFor(explained([lifetime, number, ofJob('poll', 100)]), { window: 'recent' })).toEqual([number])
    expect(valuesFor(explained([lifetime, number]), {})).toEqual([lifetime, number])
  })

  it('is the value of its own subject, and of no namesake', () => {
    const both = explained([number, ofJob('poll', 100), ofJob('poll.b', 0)])
    expect(valuesFor(both, { of: { kind: 'job', name: 'poll' } })).toEqual([ofJob('poll', 100)])
    expect(valuesFor(both, { of: { kind: 'provider', name: 'poll' } })).toEqual([])
  })

  it('names some where a number has no total', () => {
    const many = explained(Array.from({ length: 8 }, (_, at) => ofJob(`job-${at}`, at)))
    expect(valuesFor(many, {}).map(({ name }) => name)).toEqual(['job-0', 'job-1', 'job-2', 'job-3', 'job-4'])
  })

  it.each([
    ['nothing to say', number, null],
    ['nothing counted', { ...number, value: null, counts: { succeeded: 0, failed: 0 } }, 'nothingCounted'],
    ['not known', { ...number, value: null, counts: {} }, 'notKnown'],
    ['no longer exact', { ...number, reason: 'no_longer_exact' as const }, 'inexact'],
  ] as const)('says why there is no value, or no exact one: %s', (_name, one, doubt) => {
    expect(doubtOf(one)).toBe(doubt)
  })
})
