import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../errors.ts'
import { describeSchedule } from '../schedule/describe-schedule.ts'
import { every } from '../schedule/every.ts'
import { countDue, nextDue, previousDue } from '../schedule/next-due.ts'
import { once } from '../schedule/once.ts'
import { defineJob } from './define-job.ts'
import type { JobOptions } from './job.ts'

const VALID = { name: 'poll', schedule: every({ minutes: 15 }), handler: () => {} }
const interval = (periodMs: unknown) => ({ schedule: { kind: 'every', periodMs } })
const pattern = (text: unknown, timezone: unknown = 'UTC') => ({ schedule: { kind: 'cron', pattern: text, timezone } })

describe('a job', () => {
  it.each<readonly [string, unknown, object]>([
    ['nothing', undefined, { path: 'job' }],
    ['a list', [], { path: 'job' }],
    ['no name', { name: undefined }, { path: 'job.name' }],
    ['an empty name', { name: '' }, { path: 'job.name', received: '""' }],
    ['a name in capitals', { name: 'Poll' }, { path: 'job.name' }],
    ['a name that begins with a dot', { name: '.poll' }, { path: 'job.name' }],
    ['a name with a blank', { name: 'poll data' }, { path: 'job.name' }],
    ['a name with a line', { name: 'poll\n' }, { path: 'job.name' }],
    ['a name of 65 characters', { name: 'x'.repeat(65) }, { path: 'job.name' }],
    ['the name of the prototype', { name: '__proto__' }, { path: 'job.name', received: '"__proto__"' }],
    ['a name that is a number', { name: 5 }, { path: 'job.name', received: '5' }],
    ['no schedule', { schedule: undefined }, { path: 'job.schedule' }],
    ['a schedule in shorthand', { schedule: '5m' }, { path: 'job.schedule', received: '"5m"' }],
    ['a schedule of no kind', { schedule: { kind: 'evry' } }, {}],
    ['an interval of 0', interval(0), { path: 'job.schedule.periodMs', received: '0' }],
    ['a negative interval', interval(-1), { path: 'job.schedule.periodMs', received: '-1' }],
    ['an interval that is no number', interval(Number.NaN), { path: 'job.schedule.periodMs', received: 'NaN' }],
    ['an endless interval', interval(Infinity), { path: 'job.schedule.periodMs', received: 'Infinity' }],
    ['an interval in words', interval('5m'), { path: 'job.schedule.periodMs', received: '"5m"' }],
    ['an interval under 100 ms', interval(99), { path: 'job.schedule.periodMs', received: '99' }],
    ['a fraction of a millisecond', interval(100.5), { path: 'job.schedule.periodMs', received: '100.5' }],
    ['a pattern of four fields', pattern('* * * *'), { path: 'job.schedule.pattern' }],
    ['a pattern of seven fields', pattern('* * * * * * *'), { path: 'job.schedule.pattern' }],
    ['a date that no year has', pattern('0 0 31 2 *'), { path: 'job.schedule.pattern' }],
    ['a step of 0', pattern('*/0 * * * *'), { path: 'job.schedule.pattern (minute)' }],
    ['a range without end', pattern('0-99999999 * * * *'), { path: 'job.schedule.pattern (minute)' }],
    ['10 KB of pattern', pattern(`0${',0'.repeat(5_000)} * * * *`), { path: 'job.schedule.pattern' }],
    ['a pattern that is no text', pattern(5), { path: 'job.schedule.pattern', received: '5' }],
    ['an unknown zone', pattern('* * * * *', 'Mars/Base'), { path: 'job.schedule.timezone' }],
    ['a zone that is no text', pattern('* * * * *', 1), { path: 'job.schedule.timezone', received: '1' }],
    ['no handler', { handler: undefined }, { path: 'job.handler', expected: 'a function' }],
    ['the name of a handler', { handler: 'poll' }, { path: 'job.handler' }],
    ['no time at all', { timeoutMs: 0 }, { path: 'job.timeoutMs', received: '0' }],
    ['a time without end', { timeoutMs: Infinity }, { path: 'job.timeoutMs' }],
    ['a time beyond what a timer takes', { timeoutMs: 2 ** 31 }, { path: 'job.timeoutMs' }],
    ['a negative grace', { misfireGraceMs: -1 }, { path: 'job.misfireGraceMs' }],
    ['a misspelt policy', { misfirePolicy: 'run-lastest' }, { path: 'job.misfirePolicy', suggestion: 'run-latest' }],
    ['an unknown overlap policy', { overlapPolicy: null }, { path: 'job.overlapPolicy' }],
    ['an unknown orphan policy', { onOrphan: 'retry' }, { path: 'job.onOrphan' }],
    ['a priority out of range', { priority: 1_001 }, { path: 'job.priority', received: '1001' }],
    ['no attempt', { retry: { maxAttempts: 0 } }, { path: 'job.retry.maxAttempts' }],
    ['half an attempt', { retry: { maxAttempts: 1.5 } }, { path: 'job.retry.maxAttempts' }],
    ['a negative wait', { retry: { backoffMs: -5 } }, { path: 'job.retry.backoffMs' }],
    ['a misspelt retry', { retry: { maxAttempt: 2 } }, { path: 'job.retry.maxAttempt', suggestion: 'maxAttempts' }],
    ['a retry that is a number', { retry: 3 }, { path: 'job.retry', received: '3' }],
    ['a negative jitter', { jitterMs: -1 }, { path: 'job.jitterMs' }],
    ['a calendar without its method', { exclude: ['2025-12-25'] }, { path: 'job.exclude[0]' }],
    ['an empty description', { description: '' }, { path: 'job.description', received: '""' }],
    ['a description of 1,001 characters', { description: 'x'.repeat(1_001) }, { path: 'job.description' }],
    ['a description with a NUL', { description: 'a\u0000b' }, { path: 'job.description' }],
    ['an owner of two lines', { owner: 'ops\nteam' }, { path: 'job.owner' }],
    ['an owner that is a number', { owner: 7 }, { path: 'job.owner', received: '7' }],
    ['a tag that is no word', { tags: ['ok', 'Month End'] }, { path: 'job.tags[1]', received: '"Month End"' }],
    ['21 tags', { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, { path: 'job.tags' }],
    ['a tag instead of tags', { tag: 'money' }, { path: 'job.tag', suggestion: 'tags' }],
    ['a runbook of another scheme', { runbookUrl: 'javascript:alert(1)' }, { path: 'job.runbookUrl' }],
    ['a runbook with a password', { runbookUrl: 'https://me:secret@wiki/x' }, { path: 'job.runbookUrl' }],
    ['a runbook that is no URL', { runbookUrl: 'wiki/poll' }, { path: 'job.runbookUrl', received: '"wiki/poll"' }],
    ['a first run that is no answer', { runOnFirstOpen: 'yes' }, { path: 'job.runOnFirstOpen', received: '"yes"' }],
    ['its own name as a former one', { formerly: ['old', 'poll'] }, { path: 'job.formerly[1]', received: '"poll"' }],
    ['a former name twice', { formerly: ['old', 'old'] }, { path: 'job.formerly[1]', received: '"old"' }],
    ['a former name that is none', { formerly: ['Old Poll'] }, { path: 'job.formerly[0]', received: '"Old Poll"' }],
    ['11 former names', { formerly: Array.from({ length: 11 }, (_, n) => `n${n}`) }, { path: 'job.formerly' }],
    ['a former name that is in no list', { formerly: 'old' }, { path: 'job.formerly', received: '"old"' }],
    ['a misspelt option', { timeoutMS: 5 }, { path: 'job.timeoutMS', suggestion: 'timeoutMs' }],
    [
      'an option of another library',
      { cronTime: '* * * * *' },
      { path: 'job.cronTime', received: 'an unknown option' },
    ],
  ])('is refused with %s', (_what, changes, details) => {
    const options = changes !== null && typeof changes === 'object' && !Array.isArray(changes)
    expect(refusal(options ? { ...VALID, ...changes } : changes)).toMatchObject(details)
  })

  it('is refused with a prototype among its options', () => {
    const options = { ...VALID, ...JSON.parse('{"__proto__": {"timeoutMs": 5}}') }
    expect(refusal(options)).toMatchObject({ path: expect.stringContaining('__proto__') })
  })

  it('has every default filled in', () => {
    expect(defineJob(VALID)).toMatchObject({
      timeoutMs: 300_000,
      misfireGraceMs: 900_000,
      misfirePolicy: 'run-latest',
      overlapPolicy: 'skip',
      onOrphan: 'fail',
      priority: 0,
      retry: { maxAttempts: 1, backoffMs: 1_000, maxBackoffMs: 60_000 },
    })
    expect(defineJob({ ...VALID, schedule: once(Date.UTC(2026, 0)), timeoutMs: null })).toMatchObject({
      timeoutMs: null,
      misfireGraceMs: 3_600_000,
    })
  })

  it('may have no schedule, which it says with null', () => {
    const job = defineJob({ ...VALID, schedule: null })
    expect(job).toMatchObject({ schedule: { kind: 'on-demand' }, misfireGraceMs: 3_600_000, runOnFirstOpen: false })
    expect(nextDue(job.schedule, 0)).toBeNull()
    expect(previousDue(job.schedule, 0)).toBeNull()
    expect(countDue(job.schedule, 0, 1e12)).toBe(0)
    expect(describeSchedule(job.schedule)).toBe('on demand')
  })

  it('says of itself what people and filters look for, each tag once', () => {
    const about = { description: 'Prices all.', owner: 'desk', runbookUrl: 'https://wiki.example/poll?x=1#y' }
    expect(defineJob({ ...VALID, ...about, tags: ['eu', 'money', 'eu'] })).toMatchObject({
      ...about,
      tags: ['eu', 'money'],
    })
    expect(defineJob(VALID)).toMatchObject({ description: null, owner: null, tags: [], runbookUrl: null })
    expect(defineJob({ ...VALID, ...defineJob({ ...VALID, ...about }), input: null })).toMatchObject(about)
  })

  it('is a frozen copy: later changes of its options do not change it', () => {
    const retry = { maxAttempts: 3 }
    const schedule = { kind: 'every', periodMs: 1_000, anchorAt: 0 } as const
    const mutable: { -readonly [K in keyof JobOptions]: JobOptions[K] } = { ...VALID, schedule: { ...schedule }, retry }
    const job = defineJob(mutable)
    retry.maxAttempts = 9
    mutable.name = 'other'
    Object.assign(mutable.schedule ?? {}, { periodMs: 5 })
    expect(job).toMatchObject({ name: 'poll', schedule, retry: { maxAttempts: 3 } })
    for (const part of [job, job.retry, job.schedule, job.exclude]) expect(Object.isFrozen(part)).toBe(true)
  })

  it('is answered unchanged when it is defined again', () => {
    const job = defineJob({ ...VALID, retry: { maxAttempts: 2 }, misfireGraceMs: 5 })
    expect(defineJob(job as JobOptions)).toEqual(job)
  })
})

function refusal(options: unknown): unknown {
  try {
    defineJob(options as JobOptions)
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
  throw new Error('was accepted')
}

describe('a job with nothing but a name, a schedule and a handler', () => {
  it('is what the schema makes of it, which it does not need', () => {
    expect(defineJob({ ...VALID, description: null })).toEqual(defineJob(VALID))
  })

  it('is refused with the cause where a getter throws, as any other', () => {
    const cause = new Error('no')
    const options = {
      ...VALID,
      get name(): string {
        throw cause
      },
    }
    expect(() => defineJob(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS', cause }))
  })
})
