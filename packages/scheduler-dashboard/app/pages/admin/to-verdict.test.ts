import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import { toVerdict } from './to-verdict.ts'

const say = (at: string) => at.slice(11, 16)
const WELL = { total: 12, ok: 12, failing: 0, overdue: 0, no_worker: 0, running_long: 0, paused: 0, running: 0 }

interface Given {
  readonly jobs?: Partial<typeof WELL>
  readonly scheduler?: object
  readonly attention?: readonly object[]
}

/** A status with what the verdict reads of it. */
function member(name: string, { jobs = {}, scheduler = {}, attention = [] }: Given = {}) {
  const status = {
    scheduler: {
      state: 'running',
      desired: { state: 'running' },
      health: { status: 'pass', reasons: [] },
      ...scheduler,
    },
    jobs: { ...WELL, ...jobs },
    attention: { total: attention.length, items: attention },
  } as unknown as AdminStatusV2
  return { name, live: { status, trouble: null } }
}

const failing = (last_success_at: string | null) => ({ name: 'a', conditions: ['failing'], last_success_at })

describe('the verdict', () => {
  it('is calm where all is well', () => {
    expect(toVerdict([member('portfolio')], say)).toEqual({
      state: 'ok',
      text: 'All is well: 12 jobs, none in need of attention.',
      attention: 0,
    })
    expect(toVerdict([member('a'), member('b')], say).text).toBe('All 2 schedulers are well.')
  })

  it('tells the jobs without a worker by their count, and what else a queue suffers by its reason', () => {
    const health = { status: 'warn', reasons: ['NO_WORKER', 'QUEUE_STALLED'] }
    expect(toVerdict([member('portfolio', { jobs: { no_worker: 2 }, scheduler: { health } })], say)).toMatchObject({
      state: 'late',
      text: 'portfolio: 2 jobs without a worker, A run has been queued for too long: ten hand-overs brought it to no worker.',
    })
    // Of a job that has left the code: no job counts it.
    const retired = { scheduler: { health: { status: 'warn', reasons: ['NO_WORKER'] } } }
    expect(toVerdict([member('portfolio', retired)], say).text).toContain('no live worker has it')
  })

  it('counts those that are well and says what the others have, the worst scheduler first', () => {
    const late = member('archive', { jobs: { overdue: 2 } })
    const bad = member('recalculation', { jobs: { failing: 1 }, attention: [failing('2025-09-16T14:02:00.000Z')] })
    expect(toVerdict([member('portfolio'), late, bad], say)).toEqual({
      state: 'failed',
      text: '1 of 3 is well; recalculation: 1 job failing, no success since 14:02; archive: 2 jobs overdue.',
      attention: 1,
    })
  })

  it('says that a job never succeeded, and nothing of when where it does not know all of them', () => {
    const never = member('a', { jobs: { failing: 1 }, attention: [failing(null)] })
    expect(toVerdict([never], say).text).toBe('a: 1 job failing, without a success so far.')
    const many = member('a', { jobs: { failing: 80 }, attention: [failing('2025-09-16T14:02:00.000Z')] })
    expect(toVerdict([many], say).text).toBe('a: 80 jobs failing.')
  })

  it('tells a scheduler that was paused from one that does not do what was asked', () => {
    const paused = member('a', { scheduler: { state: 'paused', desired: { state: 'paused' } } })
    expect(toVerdict([paused], say)).toMatchObject({ state: 'paused', text: 'a: paused.' })
    const health = { status: 'fail', reasons: ['STORE_UNAVAILABLE'] }
    const broken = member('a', { scheduler: { state: 'error', health } })
    expect(toVerdict([broken], say)).toMatchObject({ state: 'failed', text: 'a: in error: it does not run anything.' })
    const closed = member('a', { scheduler: { state: 'stopped', health: { status: 'fail', reasons: [] } } })
    expect(toVerdict([closed], say).text).toBe('a: not open: it does not run anything.')
  })

  it('names the trouble of a scheduler that works', () => {
    const skewed = member('a', { scheduler: { health: { status: 'warn', reasons: ['CLOCK_SKEW'] } } })
    expect(toVerdict([skewed], say)).toMatchObject({
      state: 'late',
      text: 'a: The clock of this host differs from that of the store by more than 5 s.',
    })
  })

  it('says of one that is not shown why', () => {
    const without = (status: number | null, code = 'X') => {
      const trouble = { code, status, message: '' }
      return toVerdict([member('a'), { name: 'b', live: { status: null, trouble } }], say).text
    }
    expect(without(null)).toBe('1 of 2 is well; b: does not answer.')
    expect(without(409, 'SCHEDULER_NOT_OPEN')).toBe('1 of 2 is well; b: not open yet: it does not run anything.')
    expect(without(401)).toBe('1 of 2 is well; b: you are logged out.')
    expect(without(403)).toBe('1 of 2 is well; b: not for you to see.')
  })

  it('does not take one that has not answered for well', () => {
    const silent = { name: 'b', live: { status: null, trouble: null } }
    expect(toVerdict([silent], say)).toMatchObject({ state: 'unknown', text: 'Asking the schedulers how they are.' })
    expect(toVerdict([member('a'), silent], say)).toMatchObject({
      state: 'unknown',
      text: '1 of 2 is well; b: has not answered yet.',
    })
  })
})
