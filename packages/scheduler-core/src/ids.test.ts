import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { systemClock } from './clock.ts'
import { backfillId, OccurrenceIds, occurrenceId, parseRunId, type RunId, randomRunId } from './ids.ts'

const LATEST = 2 ** 48 - 1
const key = { scheduler: 'market_data_scheduler', job: 'poll', scheduledFor: Date.UTC(2025, 8, 16, 2) }

describe('run ids', () => {
  it('are the same for the same due time, on every instance and for ever', () => {
    expect(occurrenceId(key)).toMatchInlineSnapshot(`"01995040-1100-8288-a3f4-b063f5d548f0"`)
    expect(occurrenceId({ ...key, attempt: 2 })).toMatchInlineSnapshot(`"01995040-1100-8181-9cf0-fe19e554c84a"`)
    expect(backfillId(key)).toMatchInlineSnapshot(`"01995040-1100-8f9f-9e30-821e0326cfd5"`)
  })

  it('tell due times, attempts, backfills, jobs and schedulers apart', () => {
    const others = [{ attempt: 2 }, { job: 'sum' }, { scheduler: 'other' }, { scheduledFor: key.scheduledFor + 1 }]
    const ids = [occurrenceId(key), backfillId(key), ...others.map((other) => occurrenceId({ ...key, ...other }))]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are UUIDs of version 8 that begin with their due time, or with the nearest instant that fits', () => {
    const instants = fc.oneof(fc.integer({ min: 0, max: LATEST }), fc.maxSafeInteger())
    fc.assert(
      fc.property(instants, fc.string(), (scheduledFor, job) => {
        for (const id of [occurrenceId, backfillId].map((idOf) => idOf({ ...key, job, scheduledFor }))) {
          expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
          expect(parseRunId(id)).toBe(id)
          expect(timeOf(id)).toBe(Math.min(Math.max(scheduledFor, 0), LATEST))
        }
      }),
    )
  })

  it('are the same where many of them are made', () => {
    const ids = new OccurrenceIds(key.scheduler)
    const dueTimes = fc.array(fc.tuple(fc.constantFrom('poll', 'sum'), fc.oneof(fc.nat(), fc.maxSafeInteger())))
    fc.assert(
      fc.property(dueTimes, (asked) => {
        for (const [job, scheduledFor] of asked)
          expect(ids.of(job, scheduledFor)).toBe(occurrenceId({ ...key, job, scheduledFor }))
      }),
    )
  })

  it('tell due times apart that no id can begin with', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ max: -1 })), (dueTimes) => {
        const ids = dueTimes.map((scheduledFor) => occurrenceId({ ...key, scheduledFor }))
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  it('sort by due time', () => {
    const instants = fc.uniqueArray(fc.integer({ min: 0, max: LATEST }))
    fc.assert(
      fc.property(instants, (dueTimes) => {
        const ordered = [...dueTimes]
          .sort((a, b) => a - b)
          .map((scheduledFor) => occurrenceId({ ...key, scheduledFor }))
        expect([...ordered].sort()).toEqual(ordered)
      }),
    )
  })

  it('of manual runs are random UUIDs of version 7 that begin with the present', () => {
    const ids = Array.from({ length: 100 }, randomRunId)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(parseRunId(id)).toBe(id)
    }
    for (const id of ids) expect(Math.abs(timeOf(id) - systemClock.now())).toBeLessThan(60_000)
  })
})

function timeOf(id: RunId): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
