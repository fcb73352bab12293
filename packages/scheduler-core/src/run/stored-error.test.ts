import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { SchedulerError } from '../errors.ts'
import { MAX_CAUSE_DEPTH, MAX_CAUSE_MESSAGE, MAX_CAUSES, MAX_ERROR_MESSAGE } from '../limits.ts'
import { createRedact } from '../redact/create-redact.ts'
import { toStoredError } from './stored-error.ts'

const asIs = { redact: (text: string) => text }

describe('a stored error', () => {
  it('keeps code, name and message of what was thrown', () => {
    const error = Object.assign(new TypeError('no such host'), { code: '1 x' })
    expect(toStoredError(error, asIs)).toEqual({ code: 'HANDLER_FAILED', name: 'TypeError', message: 'no such host' })
    expect(toStoredError(Object.assign(error, { code: 'ECONNRESET' }), asIs).code).toBe('ECONNRESET')
  })

  it('is small, valid text for every thrown value', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (thrown) => {
        const { code, name, message, causes = [] } = toStoredError(thrown, asIs)
        expect(causes.length).toBeLessThanOrEqual(MAX_CAUSES)
        expect(message).not.toBe('')
        expect(code).toMatch(/^[A-Za-z][\w.-]{0,63}$/)
        expect(name.length).toBeLessThanOrEqual(100)
        expect(message.length).toBeLessThanOrEqual(MAX_ERROR_MESSAGE)
        expect(`${name}${message}`.isWellFormed()).toBe(true)
        expect(`${name}${message}`).not.toContain('\u0000')
      }),
      { numRuns: 2_000 },
    )
  })

  it('redacts before it cuts, so that no half of a secret is left at the edge', () => {
    const secret = 'canary-canary-canary'
    const message = `${'x'.repeat(MAX_ERROR_MESSAGE - 10)}${secret}`
    expect(toStoredError(new Error(message), { redact: createRedact([secret]) }).message).not.toContain('canary')
  })
})

it('has the status of a response that the handler got, and none for an error of ours', () => {
  expect(toStoredError(Object.assign(new Error('x'), { status: 503 }), asIs)).toMatchObject({ httpStatus: 503 })
  const ours = new SchedulerError('RUN_CANCELLED', { reason: 'an operator' })
  expect(toStoredError(ours, asIs)).toEqual({ code: 'RUN_CANCELLED', name: 'RunCancelledError', message: ours.message })
})

it('drops a code that contains a secret', () => {
  const thrown = Object.assign(new Error('x'), { code: 'canary7f3a' })
  expect(toStoredError(thrown, { redact: createRedact(['canary7f3a']) }).code).toBe('HANDLER_FAILED')
})

describe('the causes of an error', () => {
  const causesOf = (thrown: unknown) =>
    toStoredError(thrown, asIs).causes?.map(({ kind, depth, message }) => `${depth} ${kind} ${message}`)

  it('come each before its own causes', () => {
    const inner = [new Error('a', { cause: new Error('of a') }), 'b']
    const thrown = new Error('top', { cause: new AggregateError(inner, 'several', { cause: new Error('why') }) })
    expect(causesOf(thrown)).toEqual(['1 cause several', '2 cause why', '2 inner a', '3 cause of a', '2 inner b'])
  })

  it('are told once, although they are causes of each other', () => {
    const [a, b] = [new Error('a'), new Error('b')]
    a.cause = b
    b.cause = a
    expect(causesOf(a)).toEqual(['1 cause b'])
    const own = new AggregateError([], 'own')
    own.errors.push(own, own)
    expect(causesOf(own)).toBeUndefined()
  })

  it('are few, however many and deep they are', () => {
    let deep = new Error('0')
    for (let depth = 1; depth < 10_000; depth++) deep = new Error(String(depth), { cause: deep })
    expect(causesOf(deep)).toHaveLength(MAX_CAUSE_DEPTH)
    const many = Array.from({ length: 10_000 }, (_, index) => new Error(String(index)))
    expect(causesOf(new AggregateError(many))).toHaveLength(MAX_CAUSES)
  })

  it('are left out where they cannot be read', () => {
    const revoked = Proxy.revocable([], {})
    revoked.revoke()
    const hostile = {
      get cause(): unknown {
        throw new Error('no')
      },
      errors: revoked.proxy,
    }
    expect(causesOf(hostile)).toBeUndefined()
    expect(causesOf(revoked.proxy)).toBeUndefined()
    expect(toStoredError(revoked.proxy, asIs).message).toBe('A value that is no error was thrown.')
  })

  it('include what a SuppressedError covers', () => {
    const thrown = Object.assign(new Error('x'), { error: new Error('while closing'), suppressed: new Error('first') })
    expect(causesOf(thrown)).toEqual(['1 inner while closing', '1 inner first'])
  })

  it('are cut, and say no secret', () => {
    const cause = new Error(`${'x'.repeat(MAX_CAUSE_MESSAGE - 10)}canary-canary-canary`)
    const redact = createRedact(['canary-canary-canary'])
    const [stored] = toStoredError(new Error('x', { cause }), { redact }).causes ?? []
    expect(stored?.message).toHaveLength(MAX_CAUSE_MESSAGE)
    expect(stored?.message).not.toContain('canary')
  })
})

it.each([
  [{ code: 'EPIPE' }, 'EPIPE'],
  [{ code: 'E2BIG' }, 'E2BIG'],
  [{ code: 'P0001' }, 'SQLSTATE_P0001'],
  [{ code: '08006' }, 'SQLSTATE_08006'],
  [{ sqlState: '40001', code: 'ER_LOCK_DEADLOCK' }, 'ER_LOCK_DEADLOCK'],
  [{ sqlState: '40001', code: 1213 }, 'SQLSTATE_40001'],
  [{ response: { statusCode: 503 } }, 'HTTP_503'],
  [{ statusCode: 404 }, 'HTTP_404'],
  [{ status: 'rejected' }, 'HANDLER_FAILED'],
  [{ status: 1_000 }, 'HANDLER_FAILED'],
  [{ cause: { cause: { code: 'ENOTFOUND' } } }, 'ENOTFOUND'],
])('has of %j the code %s', (thrown, code) => {
  expect(toStoredError(thrown, asIs).code).toBe(code)
})

describe('redaction', () => {
  const redact = createRedact(['s3cr3t/+ value'])

  it.each([
    ['the secret itself', 's3cr3t/+ value'],
    ['its URL encoding', encodeURIComponent('s3cr3t/+ value')],
    ['its base64', Buffer.from('s3cr3t/+ value').toString('base64')],
    ['its base64url', Buffer.from('s3cr3t/+ value').toString('base64url')],
  ])('removes %s', (_what, form) => {
    expect(redact(`before ${form} after`)).toBe('before [redacted] after')
  })

  it.each(['', 'a', 'ab', 'abc', 'user:'])('removes its base64 after "%s", whatever follows', (before) => {
    for (const after of ['', 'z', ':pass'])
      for (const form of ['base64', 'base64url'] as const) {
        const left = redact(Buffer.from(`${before}s3cr3t/+ value${after}`).toString(form)).split('[redacted]')
        expect(left.length).toBe(2)
      }
  })

  it.each([
    ['Authorization: Basic dXNlcjpodW50ZXIy', 'dXNlcjpodW50ZXIy'],
    ['postgres://app:hunter2@db:5432/x refused', 'hunter2'],
    ['GET https://x.test/query?function=QUOTE&apikey=hunter2 answered 403', 'hunter2'],
    ['{"password":"hunter2"}', 'hunter2'],
    ['Authorization: Bearer hunter2.abc', 'hunter2'],
    ['api_key=hunter2', 'hunter2'],
    ['{"Password":"a hunter2"}', 'hunter2'],
    [JSON.stringify('{"refresh_token":"a hunter2","n":1}'), 'hunter2'],
    ["connectionString: 'host=db user=app hunter2'", 'hunter2'],
    ['Server=db;PASSWORD=hunter2;Timeout=5', 'hunter2'],
    ['Cookie: theme=dark; sid=hunter2', 'hunter2'],
    ['passphrase = hunter2', 'hunter2'],
  ])('removes the secret from %s', (text, secret) => {
    expect(redact(text)).not.toContain(secret)
    expect(redact(text)).toContain('[redacted]')
  })

  it('keeps the text around a secret', () => {
    expect(redact('{"token":"a b","symbol":"AAPL"}')).toBe('{"token":"[redacted]","symbol":"AAPL"}')
    expect(redact('Server=db;Password=x;Timeout=5')).toBe('Server=db;Password=[redacted];Timeout=5')
  })

  it('leaves ordinary text alone', () => {
    const text = 'No quote for AAPL: the provider answered 503 after 120 ms.'
    expect(redact(text)).toBe(text)
  })
})
