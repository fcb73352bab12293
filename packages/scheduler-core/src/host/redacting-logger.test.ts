import { inspect } from 'node:util'

import { expect, it } from 'vitest'

import { isSchedulerError, SchedulerError } from '../errors.ts'
import { MAX_READ_TEXT } from '../limits.ts'
import type { Logger } from '../ports/logger.ts'
import { createRedact } from '../redact/create-redact.ts'
import { redactingLogger } from './redacting-logger.ts'

it('passes everything on, with the secret masked in every text', () => {
  const cause = Object.assign(new TypeError('s3cret refused'), { code: 'E_s3cret', config: { key: 's3cret' } })
  const fields = { err: new Error('no s3cret', { cause }), list: [{ key: 's3cret' }], count: 3, at: new Date(0) }
  const logged = log(fields)
  expect(logged).toMatchObject({ list: [{ key: '[redacted]' }], count: 3, at: '1970-01-01T00:00:00.000Z' })
  expect(logged).toHaveProperty('err.message', 'no [redacted]')
  expect(logged).toHaveProperty('err.cause.name', 'TypeError')
  expect(logged).toHaveProperty('err.cause.code', 'E_[redacted]')
  expect(logged).not.toHaveProperty('err.cause.config')
  expect(logged).toHaveProperty('err.stack', expect.stringContaining('redacting-logger.test.ts'))
  expect(fields.err.message).toBe('no s3cret')
})

it('masks values with secret names at any depth, and shows whether there is a value', () => {
  const request = { headers: [{ Authorization: 'hunter2', 'Set-Cookie': ['sid=hunter2'], accept: '*/*' }] }
  const details = { connectionString: 'hunter2', credentials: { user: 'ada', key: 'hunter2' }, attempt: 3 }
  const logged = log({
    request,
    err: Object.assign(new Error('refused'), { details, cause: Object.assign(new Error('x'), { details }) }),
    options: { PASSWORD: 'hunter2', refreshToken: 1234, 'x-api-key': 'hunter2', client_secret: '', token: null },
    hasSecret: true,
    tokenBucket: 'full',
  })
  expect(inspect(logged, { depth: 9 })).not.toMatch(/hunter2|1234/)
  expect(logged).toMatchObject({
    request: { headers: [{ Authorization: '[redacted]', 'Set-Cookie': '[redacted]', accept: '*/*' }] },
    err: { details: { connectionString: '[redacted]', credentials: '[redacted]', attempt: 3 } },
    options: { PASSWORD: '[redacted]', token: null },
    hasSecret: true,
    tokenBucket: 'full',
  })
})

it('keeps an error of the library recognisable', () => {
  const logged = log({ err: new SchedulerError('JOB_ALREADY_RUNNING', { job: 's3cret', runId: '1' }) })
  expect(isSchedulerError(Reflect.get(logged ?? {}, 'err'), 'JOB_ALREADY_RUNNING')).toBe(true)
  expect(inspect(logged)).not.toContain('s3cret')
})

it('survives cycles and unreadable properties', () => {
  const cycle: { self?: object } = {}
  cycle.self = cycle
  const hostile = {
    get key(): string {
      throw new Error('s3cret')
    },
  }
  expect(JSON.stringify(log({ cycle }))).toContain('[too deep]')
  expect(log({ hostile, map: new Map([['key', 's3cret']]) })).toEqual({ hostile: '[unreadable]', map: '[Map]' })
  expect(log(new Map())).toEqual({ fields: '[Map]' })
})

it('ends with objects that refer to each other in every way, and with texts of any size', () => {
  const objects = Array.from({ length: 100 }, (): Record<string, unknown> => ({}))
  for (const object of objects) for (const [at, other] of objects.entries()) object[`to${at}`] = other
  const line = log({ objects, job: 'poll' })
  const logged = inspect(line, { depth: 9, maxArrayLength: null })
  expect(line).toMatchObject({ job: 'poll' })
  expect(logged).toContain('[too much]')
  expect(logged.length).toBeLessThan(1_000_000)

  const long = `${'x'.repeat(MAX_READ_TEXT - 3)}s3cret${'y'.repeat(2 ** 20)}`
  const texts = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`text${at}`, long]))
  const told = log({ ...texts, job: 'poll' })
  expect(told).toMatchObject({ text0: expect.stringMatching(/^x{20000,32768}…$/), text49: '…', job: 'poll' })
})

function log(fields: object): object | undefined {
  const seen: object[] = []
  const write = (one: object) => void seen.push(one)
  const logger: Logger = { debug: write, info: write, warn: write, error: write }
  redactingLogger(logger, createRedact(['s3cret'])).error(fields, 'said')
  return seen[0]
}
