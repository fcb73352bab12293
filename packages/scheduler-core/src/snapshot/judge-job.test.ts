import { describe, expect, it } from 'vitest'

import { defineJob } from '../job/define-job.ts'
import { EMPTY_RUN_TALLY } from '../run/counters.ts'
import { distributionOf } from '../run/distribution.ts'
import { every } from '../schedule/every.ts'
import { type Around, isQueueStalled, judgeJob, type Unjudged } from './judge-job.ts'
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
    expect(judged({ paused, overdueMs: 86_400_000 })).toEqual(['paused'])
  })

  describe('say that it is overdue', () => {
    const allowed = { overdueAllowedMs: 20 * MINUTE }

    it('once a due time has been without success for longer than its policies allow', () => {
      expect(judged({ ...allowed, overdueMs: 20 * MINUTE })).toEqual([])
      expect(judged({ ...allowed, overdueMs: 20 * MINUTE + 1 })).toEqual(['overdue'])
      expect(judged({ ...allowed, overdueMs: 21 * MINUTE, consecutiveFailures: 3 })).toEqual(['failing', 'overdue'])
    })

    it('but not while the scheduler is paused; a stop is no excuse', () => {
      expect(judged({ ...allowed, overdueMs: 21 * MINUTE }, { desired: 'paused' })).toEqual([])
      expect(judged({ ...allowed, overdueMs: 21 * MINUTE }, { desired: 'stopped' })).toEqual(['overdue'])
    })
  })

  describe('say that it has no worker', () => {
    const paused = { by: 'ada', why: null, at: T0, until: null }

    it('while runs of it are queued and no live worker has it', () => {
      expect(judged({ queued: 1 })).toEqual(['no_worker'])
      expect(judged({ queued: 1, workers: 1 })).toEqual([])
      expect(judged({ queued: 1, overdueMs: 21 * MINUTE })).toEqual(['overdue', 'no_worker'])
    })

    it('but not while nothing may start: it or the scheduler is paused or stopped', () => {
      expect(judged({ queued: 1, paused })).toEqual(['paused'])
      for (const desired of ['paused', 'stopped'] as const) expect(judged({ queued: 1 }, { desired })).toEqual([])
    })
  })

  it('say apart whether its queue is stalled: after ten times the time of a hand-over, unless nothing may start', () => {
    const around = { desired: 'running', queueTimeoutMs: MINUTE } as const
    expect(isQueueStalled({ paused: null, oldestQueuedMs: 10 * MINUTE }, around)).toBe(false)
    expect(isQueueStalled({ paused: null, oldestQueuedMs: 10 * MINUTE + 1 }, around)).toBe(true)
    expect(isQueueStalled({ paused: null, oldestQueuedMs: 11 * MINUTE }, { ...around, desired: 'paused' })).toBe(false)
  })

  describe('say that it runs long', () => {
    const startedBefore = (ms: number) => ({ latestStartAt: T0 - ms })
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

function policiesOf(more: { readonly timeoutMs?: number | null } = {}) {
  return toPolicies(defineJob({ name: 'poll', schedule: everyQuarter, handler: () => {}, ...more }))
}

function judged(job: Partial<Unjudged & Around> = {}, around: Partial<Around> = {}) {
  const policies = policiesOf()
  const base: Unjudged = {
    paused: null,
    overdueMs: 0,
    overdueAllowedMs: 20 * MINUTE,
    consecutiveFailures: 0,
    queued: 0,
    workers: 0,
    policies,
    tallies: { lifetime: EMPTY_RUN_TALLY, recent: EMPTY_RUN_TALLY, last_hour: EMPTY_RUN_TALLY },
  }
  const { latestStartAt = null } = job
  return judgeJob({ ...base, ...job }, { asOf: T0, desired: 'running', latestStartAt, ...around })
}
