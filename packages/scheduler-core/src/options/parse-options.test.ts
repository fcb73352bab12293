import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { isSchedulerError } from '../errors.ts'
import { parseOptions } from './parse-options.ts'

const schema = z.strictObject({
  name: z.string(),
  concurrency: z.int().min(1).max(100).default(5),
  mode: z.enum(['auto', 'live', 'replay']).optional(),
  retry: z.strictObject({ maxAttempts: z.int().min(1) }).optional(),
  jobs: z
    .array(z.strictObject({ timeoutMs: z.int() }))
    .max(2)
    .default([]),
  every: z.union([z.string(), z.number()]).optional(),
  token: z.string({ error: 'a token from the console' }).optional(),
})

describe('options', () => {
  it('come back with the defaults filled in', () => {
    expect(parseOptions(schema, { name: 'a' }, 'scheduler')).toEqual({ name: 'a', concurrency: 5, jobs: [] })
  })

  it.each<[string, unknown, object]>([
    ['not an object', 5, { path: 'scheduler', received: '5', expected: 'an object' }],
    ['a wrong type', { name: 7 }, { path: 'scheduler.name', received: '7', expected: 'text' }],
    ['a missing name', { name: undefined }, { path: 'scheduler.name', received: 'undefined', expected: 'text' }],
    ['too little', { concurrency: 0 }, { path: 'scheduler.concurrency', received: '0', expected: 'at least 1' }],
    ['too much', { concurrency: 101 }, { path: 'scheduler.concurrency', received: '101', expected: 'at most 100' }],
    [
      'a fraction',
      { concurrency: 1.5 },
      { path: 'scheduler.concurrency', received: '1.5', expected: 'a whole number' },
    ],
    ['not a number', { concurrency: NaN }, { received: 'NaN', expected: 'a finite number' }],
    [
      'too many entries',
      { jobs: [{ timeoutMs: 1 }, { timeoutMs: 1 }, { timeoutMs: 1 }] },
      { expected: 'at most 2 entries' },
    ],
    ['a misspelt word', { mode: 'replya' }, { path: 'scheduler.mode', suggestion: 'replay', received: '"replya"' }],
    ['none of several types', { every: true }, { path: 'scheduler.every', expected: 'text or a finite number' }],
    ['a value whose schema has its own text', { token: 5 }, { expected: 'a token from the console' }],
    ['an unknown option', { concurency: 5 }, { path: 'scheduler.concurency', suggestion: 'concurrency' }],
    [
      'an unknown option deeper down',
      { retry: { maxAttempts: 1, maxAttemps: 2 } },
      { path: 'scheduler.retry.maxAttemps', suggestion: 'maxAttempts' },
    ],
    [
      'an unknown option in a list',
      { jobs: [{ timeoutMs: 1, timeout: 5 }] },
      { path: 'scheduler.jobs[0].timeout', suggestion: 'timeoutMs' },
    ],
    ['an odd name', { 'a b\n': 1 }, { path: 'scheduler["a b\\n"]', received: 'an unknown option' }],
  ])('are refused for %s', (_, value, details) => {
    expect(refusal(typeof value === 'object' ? { name: 'a', ...value } : value)).toMatchObject(details)
  })

  it('whose getters throw are refused, with the cause', () => {
    const cause = new Error('no')
    const value = {
      get name() {
        throw cause
      },
    }
    expect(() => parseOptions(schema, value, 'scheduler')).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', cause }),
    )
  })
})

function refusal(value: unknown): unknown {
  try {
    parseOptions(schema, value, 'scheduler')
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details
    throw error
  }
  throw new Error('was accepted')
}
