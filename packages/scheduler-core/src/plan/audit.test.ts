import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { randomRunId } from '../ids.ts'
import type { UnrunRange } from '../run/ledger-entry.ts'
import { every } from '../schedule/every.ts'
import { createAudit } from './audit.ts'

const SECOND = 1_000
const poll = { job: 'poll', schedule: every({ seconds: 1 }) }
const facts = { ...poll, from: 1, to: 100 * SECOND + 1, now: 200 * SECOND, since: 0, cursor: 200 * SECOND, keptFrom: 0 }

function missed(first: number, count: number): UnrunRange {
  return {
    kind: 'unrun',
    id: randomRunId(),
    scheduler: 'test',
    job: 'poll',
    state: 'missed',
    reason: null,
    scheduledFor: first * SECOND,
    through: (first + count - 1) * SECOND,
    dueCount: count,
    settledAt: 0,
  }
}

describe('an audit', () => {
  it('names exactly the due times that no entry covers, for every order of entries', () => {
    const ranges = fc.array(
      fc.record({ first: fc.integer({ min: -5, max: 105 }), count: fc.integer({ min: 1, max: 9 }) }),
    )
    fc.assert(
      fc.property(ranges, (entries) => {
        const audit = createAudit(facts)
        const times = new Map<number, number>()
        for (const { first, count } of entries) {
          audit.add(missed(first, count))
          for (let due = first; due < first + count; due++) times.set(due, (times.get(due) ?? 0) + 1)
        }
        const dueTimes = Array.from({ length: 100 }, (_, index) => index + 1)
        const result = audit.result()
        const unexplained = result.unexplained.flatMap(({ first, last, count }) => {
          const found = dueTimes.filter((due) => due * SECOND >= first && due * SECOND <= last)
          expect(found).toHaveLength(count)
          return found
        })
        expect(unexplained).toEqual(dueTimes.filter((due) => !times.has(due)))
        expect(result.missed + unexplained.length).toBe(result.expected)
        expect(result.accountedTwice).toBe(
          dueTimes.reduce((sum, due) => sum + Math.max(0, (times.get(due) ?? 1) - 1), 0),
        )
        expect(audit.isComplete).toBe(unexplained.length === 0)
      }),
    )
  })

  it('judges no due time before the job, in the future, or whose entry may be deleted', () => {
    const limits = (change: Partial<typeof facts>) => {
      const { from, to, limitedBy, expected, pending } = createAudit({ ...facts, ...change }).result()
      return [from, to, limitedBy, expected, pending]
    }
    expect(limits({ since: 40 * SECOND })).toEqual([40 * SECOND + 1, 100 * SECOND + 1, 'first-known', 60, 0])
    expect(limits({ keptFrom: 90 * SECOND })).toEqual([90 * SECOND, 100 * SECOND + 1, 'retention', 11, 0])
    expect(limits({ now: 10 * SECOND, cursor: 7 * SECOND })).toEqual([1, 10 * SECOND + 1, null, 10, 3])
    expect(limits({ since: 300 * SECOND })).toEqual([100 * SECOND + 1, 100 * SECOND + 1, 'first-known', 0, 0])
  })

  it('counts entries of another schedule separately', () => {
    const audit = createAudit(facts)
    audit.add({ ...missed(3, 1), scheduledFor: 3_500, through: 3_500 })
    expect(audit.result()).toMatchObject({ offSchedule: 1, missed: 0 })
  })
})
