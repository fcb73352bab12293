import { describe, expect, it, vi } from 'vitest'

import { occurrenceId, randomInstanceId } from '../ids.ts'
import { NO_ITEMS } from '../run/ledger-entry.ts'
import { createMemoryBackend } from './create-memory-backend.ts'
import { BucketLimit } from './state/bucket-limit.ts'
import { Tallies } from './state/tallies.ts'

const scheduler = 'market_data_scheduler'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

describe('the counters of a simulated week in memory', () => {
  it('stay within their bytes, with the last minutes and the hours of the longest window', () => {
    const limit = new BucketLimit()
    const all = Array.from({ length: 3 }, () => new Tallies({ counters: ['succeeded'], measures: [] }))
    const options = { maxBytes: 12_000, longestWindowMs: DAY }
    for (let at = MINUTE; at <= WEEK; at += MINUTE) {
      for (const each of all) each.add(at, { pairs: [0, 60], maxima: [] })
      limit.keep(at, () => all, options)
      const bytes = all.reduce((sum, each) => sum + each.bytesOf('minute') + each.bytesOf('hour'), 0)
      expect(bytes).toBeLessThan(options.maxBytes + 3 * 40)
    }
    expect(limit.keptFrom('minute')).toBeGreaterThan(WEEK - 3 * HOUR)
    expect(limit.keptFrom('minute')).toBeLessThanOrEqual(WEEK - HOUR)
    expect(limit.keptFrom('hour')).toBeLessThanOrEqual(WEEK - DAY)
    for (const each of all) {
      expect(each.firstOf('minute')).toBe(limit.keptFrom('minute'))
      expect(each.view().lifetime()).toMatchObject({ succeeded: (60 * WEEK) / MINUTE })
    }
  })

  it('stay within their bytes when a clock that was ahead is set back', () => {
    const limit = new BucketLimit()
    const tallies = new Tallies({ counters: ['succeeded'], measures: [] })
    const options = { maxBytes: 12_000, longestWindowMs: DAY }
    const settle = (at: number) => {
      tallies.add(at, { pairs: [0, 60], maxima: [] })
      limit.keep(at, () => [tallies], options)
    }
    settle(520 * WEEK)
    for (let at = MINUTE; at <= WEEK; at += MINUTE) settle(at)
    expect(tallies.bytesOf('minute') + tallies.bytesOf('hour')).toBeLessThan(options.maxBytes + 40)
    expect(limit.keptFrom('minute')).toBeLessThanOrEqual(WEEK - HOUR)
  })

  it('take no step for the time from the lifetime of a forgotten job on, in which nothing was counted', () => {
    const limit = new BucketLimit()
    const tallies = new Tallies({ counters: ['succeeded'], measures: [] })
    const drop = vi.spyOn(tallies, 'drop')
    const now = 1_000 * WEEK
    for (const at of [1, now - 2 * HOUR, now]) tallies.add(at, { pairs: [0, 60], maxima: [] })
    limit.keep(now, () => [tallies], { maxBytes: 1, longestWindowMs: DAY })
    expect(tallies.firstOf('minute')).toBe(Infinity)
    expect(drop.mock.calls.length).toBeLessThan(10)
  })

  it('tell how exact they are: to the hour, where the minutes are gone', async () => {
    const { sessions, store } = createMemoryBackend({ maxEntries: 1, maxBucketBytes: 1 })
    const owner = randomInstanceId()
    await sessions.withSession((s) => store.register(s, { scheduler, now: 0, jobs: [{ job: 'poll', cursor: 0 }] }))
    const step = 10 * MINUTE
    for (let due = step; due <= WEEK; due += step) {
      const run = { id: occurrenceId({ scheduler, job: 'poll', scheduledFor: due }), job: 'poll', scheduledFor: due }
      const claim = {
        ...run,
        trigger: 'schedule',
        attempt: 1,
        owner,
        startedAt: due,
        leaseUntil: due,
        latenessMs: 0,
      } as const
      const change = { job: 'poll', cursor: due, unrun: [], claims: [claim], cancel: [] }
      const [claimed] = await sessions.withSession((s) => store.record(s, { scheduler, changes: [change] }))
      const outcome = { state: 'succeeded', attempt: 1, durationMs: 1, items: NO_ITEMS, calls: [] } as const
      const settled = { ...outcome, settledAt: due, progress: null, error: null }
      const settlement = { ...settled, runId: run.id, job: 'poll', fence: claimed?.fence ?? 0 }
      await sessions.withSession((s) => store.settle(s, { scheduler, settlements: [settlement] }))
    }
    const measure = (asOf: number, stepMs: number) => {
      const series = { of: 'run', after: WEEK - 2 * DAY, stepMs, points: (2 * DAY) / stepMs } as const
      const windowsMs = { hour: HOUR, day: DAY }
      return sessions.withSession((s) => store.readMeasures(s, { scheduler, asOf, windowsMs, series }))
    }
    // The day begins at 0:10, among dropped minutes, and so counts from 0:00 on. The last hour begins among kept ones.
    const { jobs, series } = await measure(WEEK + step, 10 * MINUTE)
    expect(jobs[0]?.lifetime.succeeded).toBe(WEEK / step)
    expect(jobs[0]?.windows['day']?.succeeded).toBe(24 * 6)
    expect(jobs[0]?.windows['hour']?.succeeded).toBe(5)
    const whole = series.tallies.slice((2 * DAY - (WEEK - (series.keptFrom ?? 0))) / step)
    expect(series.keptFrom).toBe(WEEK - HOUR)
    expect(whole.map(({ succeeded }) => succeeded)).toEqual([1, 1, 1, 1, 1, 1])
    const hours = (await measure(WEEK, HOUR)).series
    expect(hours.keptFrom).toBeLessThan(WEEK - DAY)
    expect(hours.tallies.slice(-25).map(({ succeeded }) => succeeded)).toEqual(Array.from({ length: 25 }, () => 6))
  })
})
