import { describe, expect, it } from 'vitest'

import { defineJob } from '../job/define-job.ts'
import { EMPTY_RUN_TALLY } from '../run/counters.ts'
import { distributionOf } from '../run/distribution.ts'
import { cron } from '../schedule/cron.ts'
import { every } from '../schedule/every.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { createDueAround } from './due-around.ts'
import { type Around, judgeJob, type Unjudged } from './judge-job.ts'
import { toPolicies } from './to-policies.ts'

const MINUTE = 60_000
const T0 = Date.parse('2025-09-16T12:00:00Z')

describe('the conditions of a job', () => {
  it('are none for one that succeeds in time', () => {
    expect(judged()).toEqual([])
  })

  it('say that it fails, from its first failure on', () => {
    expect(judged({ consecutiveFailures: 1 })).toEqual(['failing'])
  })

  it('say that it is paused, and then never that it is overdue', () => {
    const paused = { by: 'ada', why: null, at: T0 - 86_400_000, until: null }
    expect(judged({ paused, lastSuccessAt: null })).toEqual(['paused'])
  })

  describe('say that it is overdue', () => {
    it('when a due time has not started within its grace', () => {
      expect(judged({ nextRunAt: T0 - 15 * MINUTE })).toEqual([])
      expect(judged({ nextRunAt: T0 - 15 * MINUTE - 1 })).toEqual(['overdue'])
    })

    it('when there was no success since its third-last due time', () => {
      // Due at 11:30, 11:45 and 12:00.
      const third = T0 - 30 * MINUTE
      expect(judged({ lastSuccessAt: third })).toEqual([])
      expect(judged({ lastSuccessAt: third - 1 })).toEqual(['overdue'])
      expect(judged({ lastSuccessAt: third - 1, consecutiveFailures: 3 })).toEqual(['failing', 'overdue'])
    })

    it('but not before it was there for that long, nor the scheduler was asked to run for that long', () => {
      const third = T0 - 30 * MINUTE
      expect(judged({ lastSuccessAt: null, since: third })).toEqual([])
      expect(judged({ lastSuccessAt: null, since: third - 1 })).toEqual(['overdue'])
      expect(judged({ lastSuccessAt: null }, { askedAt: third })).toEqual([])
    })

    it.each(['stopped', 'paused', 'error'] as const)('but not while the scheduler is %s', (state) => {
      expect(judged({ lastSuccessAt: null, nextRunAt: T0 - 86_400_000 }, { state })).toEqual([])
    })

    it('but not over a weekend in which nothing is due, nor at a due time that a calendar excludes', () => {
      const weekdays = cron('0,15,30,45 9-16 * * MON-FRI', { timezone: 'UTC' })
      const friday = Date.parse('2025-09-12T16:45:02Z')
      const sunday = { asOf: Date.parse('2025-09-14T12:00:00Z') }
      const nextRunAt = Date.parse('2025-09-15T09:00:00Z')
      expect(judged({ lastSuccessAt: friday, nextRunAt }, sunday, weekdays)).toEqual([])
      expect(judged({ lastSuccessAt: friday - 31 * MINUTE, nextRunAt }, sunday, weekdays)).toEqual(['overdue'])
      expect(judged({ lastSuccessAt: null, isExcluded: (dueAt) => dueAt === T0 - 15 * MINUTE })).toEqual([])
    })

    it('but not after its only due time, which leaves no third', () => {
      expect(judged({ lastSuccessAt: null, nextRunAt: null }, {}, { kind: 'once', at: T0 - 86_400_000 })).toEqual([])
    })
  })

  describe('say that it runs long', () => {
    const startedBefore = (ms: number) => ({ running: 1, latestStartAt: T0 - ms })
    const lasting = (ms: number) => {
      const recent = {
        ...EMPTY_RUN_TALLY,
        distributions: { ...EMPTY_RUN_TALLY.distributions, duration_ms: distributionOf(ms) },
      }
      return { tallies: { lifetime: EMPTY_RUN_TALLY, recent, last_hour: EMPTY_RUN_TALLY } }
    }

    it('after twice the p95 of its recent durations', () => {
      expect(judged({ ...lasting(100_000), ...startedBefore(190_000) })).toEqual([])
      expect(judged({ ...lasting(100_000), ...startedBefore(210_000) })).toEqual(['running_long'])
    })

    it('but never before a minute', () => {
      expect(judged({ ...lasting(10), ...startedBefore(60_000) })).toEqual([])
      expect(judged({ ...lasting(10), ...startedBefore(60_001) })).toEqual(['running_long'])
    })

    it('after half of its timeout where nothing was counted, and never without one', () => {
      expect(judged(startedBefore(150_000))).toEqual([])
      expect(judged(startedBefore(150_001))).toEqual(['running_long'])
      expect(judged({ ...startedBefore(86_400_000), policies: policiesOf({ timeoutMs: null }) })).toEqual([])
    })
  })
})

const everyQuarter = every({ minutes: 15, anchorAt: new Date(T0) })

function policiesOf(more: { readonly timeoutMs?: number | null } = {}, schedule: Schedule = everyQuarter) {
  return toPolicies(defineJob({ name: 'poll', schedule, handler: () => {}, ...more }))
}

function judged(job: Partial<Unjudged> = {}, around: Partial<Around> = {}, schedule: Schedule = everyQuarter) {
  const policies = policiesOf({}, schedule)
  const base: Unjudged = {
    name: 'poll',
    schedule: policies.schedule,
    intervalMs: schedule.kind === 'once' ? null : 15 * MINUTE,
    paused: null,
    running: 0,
    lastRunAt: T0,
    lastSuccessAt: T0,
    lastFailureAt: null,
    nextRunAt: T0 + 15 * MINUTE,
    consecutiveFailures: 0,
    policies,
    defaults: policies,
    override: {},
    tallies: { lifetime: EMPTY_RUN_TALLY, recent: EMPTY_RUN_TALLY, last_hour: EMPTY_RUN_TALLY },
    since: 0,
    latestStartAt: null,
    isExcluded: () => false,
  }
  return judgeJob(
    { ...base, ...job },
    {
      asOf: T0,
      state: 'running',
      askedAt: 0,
      ...createDueAround(around.asOf ?? T0),
      ...around,
    },
  )
}
