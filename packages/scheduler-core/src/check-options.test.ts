import { describe, expect, it } from 'vitest'
import { checkOptions } from './check-options.ts'
import { isSchedulerError } from './errors.ts'
import { createMemoryBackend } from './memory/create-memory-backend.ts'
import { every } from './schedule/every.ts'
import { createScheduler } from './scheduler.ts'
import type { SchedulerOptions } from './scheduler-options.ts'

const job = (name: string) => ({ name, schedule: every({ minutes: 15 }), handler: () => {} })
const valid = () => ({ name: 'main', jobs: [job('poll')], ...createMemoryBackend() })
const HOUR_MS = 3_600_000

describe('a scheduler', () => {
  it.each<readonly [string, unknown, object]>([
    ['nothing', undefined, { path: 'scheduler' }],
    ['no name', { name: undefined }, { path: 'scheduler.name' }],
    ['a name that begins with an underscore', { name: '__proto__' }, { path: 'scheduler.name' }],
    ['a job that is not in a list', { jobs: job('poll') }, { path: 'scheduler.jobs', expected: 'an array' }],
    [
      'two jobs of one name',
      { jobs: [job('a'), job('b'), job('a')] },
      { path: 'scheduler.jobs[2].name', received: '"a"' },
    ],
    [
      'a former name that another job has',
      { jobs: [job('a'), { ...job('b'), formerly: ['c', 'a'] }] },
      { path: 'scheduler.jobs[1].formerly[1]', received: '"a"' },
    ],
    [
      'a former name that another job had too',
      {
        jobs: [
          { ...job('a'), formerly: ['c'] },
          { ...job('b'), formerly: ['c'] },
        ],
      },
      {
        path: 'scheduler.jobs[0].formerly[0]',
        received: '"c"',
        expected: 'a name that no other job has or had: job "b" has or had it',
      },
    ],
    ['a job that is null', { jobs: [job('a'), null] }, {}],
    ['no sessions', { sessions: undefined }, { path: 'scheduler.sessions' }],
    ['no store', { store: null }, { path: 'scheduler.store', received: 'null' }],
    ['providers that are a list', { providers: [] }, { path: 'scheduler.providers', expected: 'an object' }],
    ['providers that are a function', { providers: () => [] }, { path: 'scheduler.providers', expected: 'an object' }],
    ['a logger that is text', { logger: 'console' }, { path: 'scheduler.logger' }],
    ['a clock that is a number', { clock: 0 }, { path: 'scheduler.clock' }],
    ['an engine that is text', { engine: 'pg-boss' }, { path: 'scheduler.engine' }],
    ['no concurrency', { concurrency: 0 }, { path: 'scheduler.concurrency', received: '0' }],
    ['half a run at a time', { concurrency: 0.5 }, { path: 'scheduler.concurrency' }],
    ['a lease in words', { leaseMs: '15s' }, { path: 'scheduler.leaseMs', received: '"15s"' }],
    ['a lease under a second', { leaseMs: 999 }, { path: 'scheduler.leaseMs', expected: 'at least 1000' }],
    ['a lease of NaN', { leaseMs: Number.NaN }, { path: 'scheduler.leaseMs', received: 'NaN' }],
    ['a heartbeat, which follows from the lease', { heartbeatMs: 60_000 }, { path: 'scheduler.heartbeatMs' }],
    ['an infinite sweep', { sweepMs: Infinity }, { path: 'scheduler.sweepMs' }],
    ['a watch under 100 ms', { watchMs: 99 }, { path: 'scheduler.watchMs' }],
    ['a negative grace', { graceMs: -1 }, { path: 'scheduler.graceMs' }],
    ['no place for questions', { reads: { places: 0 } }, { path: 'scheduler.reads.places', received: '0' }],
    ['no time for an answer', { reads: { timeoutMs: 0 } }, { path: 'scheduler.reads.timeoutMs' }],
    ['half an entry', { reads: { maxRows: 0.5 } }, { path: 'scheduler.reads.maxRows' }],
    ['a limit of questions that is none', { reads: { perMinute: 5 } }, { path: 'scheduler.reads.perMinute' }],
    [
      'a log that is kept shorter than the runs',
      { logRetentionMs: HOUR_MS },
      { path: 'scheduler.logRetentionMs', expected: 'at least retentionMs (2592000000)' },
    ],
    ['a retention under an hour', { retentionMs: HOUR_MS - 1 }, { path: 'scheduler.retentionMs' }],
    ['a window of 0', { recentWindowMs: 0 }, { path: 'scheduler.recentWindowMs' }],
    [
      'a window beyond the retention',
      { retentionMs: HOUR_MS, recentWindowMs: HOUR_MS + 1 },
      { path: 'scheduler.recentWindowMs', expected: `at most retentionMs (${HOUR_MS})` },
    ],
    ['a secret that is not text', { secrets: ['a', 5] }, { path: 'scheduler.secrets[1]' }],
    ['a misspelt option', { concurency: 5 }, { path: 'scheduler.concurency', suggestion: 'concurrency' }],
    ['an option in another case', { leaseMS: 5_000 }, { path: 'scheduler.leaseMS', suggestion: 'leaseMs' }],
  ])('is refused with %s', (_what, changes, details) => {
    const options = typeof changes === 'object' ? { ...valid(), ...changes } : changes
    expect(refusal(options)).toMatchObject(details)
  })

  it('names the place of a job whose options are wrong', () => {
    const jobs = [job('a'), { ...job('b'), timeoutMs: 0 }]
    expect(refusal({ ...valid(), jobs })).toMatchObject({ path: 'scheduler.jobs[1].timeoutMs', received: '0' })
  })

  it('is a frozen copy of its options', () => {
    const given = { ...valid(), concurrency: 3, secrets: ['s3cret'] }
    const checked = checkOptions(given)
    given.concurrency = 9
    given.jobs.push(job('later'))
    given.secrets.push('another')
    expect(checked).toMatchObject({ concurrency: 3 })
    expect(checked.toStoredError('s3cret, another').message).toBe('[redacted], another')
    expect([...checked.jobs.keys()]).toEqual(['poll'])
    for (const part of [checked, checked.jobs.get('poll')]) expect(Object.isFrozen(part)).toBe(true)
  })

  it('has no limit of concurrency when it is Infinity', () => {
    expect(checkOptions({ ...valid(), concurrency: Infinity }).concurrency).toBe(Infinity)
  })
})

function refusal(options: unknown): unknown {
  try {
    createScheduler(options as SchedulerOptions<object>)
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
  throw new Error('was accepted')
}
