import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createRedact } from './redact.ts'
import { MAX_MESSAGE_LENGTH, toStoredError } from './stored-error.ts'

const asIs = (text: string) => text

describe('a stored error', () => {
  it('keeps code, name and message of what was thrown', () => {
    const error = Object.assign(new TypeError('no such column'), { code: '42703' })
    expect(toStoredError(error, asIs)).toEqual({ code: 'HANDLER_FAILED', name: 'TypeError', message: 'no such column' })
    expect(toStoredError(Object.assign(error, { code: 'ECONNRESET' }), asIs).code).toBe('ECONNRESET')
  })

  it('is small, valid text for every thrown value', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (thrown) => {
        const { code, name, message } = toStoredError(thrown, asIs)
        expect(code).toMatch(/^[A-Za-z][\w.-]{0,63}$/)
        expect(name.length).toBeLessThanOrEqual(100)
        expect(message.length).toBeLessThanOrEqual(MAX_MESSAGE_LENGTH)
        expect(`${name}${message}`.isWellFormed()).toBe(true)
        expect(`${name}${message}`).not.toContain('\u0000')
      }),
      { numRuns: 2_000 },
    )
  })

  it('redacts before it cuts, so that no half of a secret is left at the edge', () => {
    const secret = 'canary-canary-canary'
    const message = `${'x'.repeat(MAX_MESSAGE_LENGTH - 10)}${secret}`
    expect(toStoredError(new Error(message), createRedact([secret])).message).not.toContain('canary')
  })
})

it('drops a code that contains a secret', () => {
  const thrown = Object.assign(new Error('x'), { code: 'canary7f3a' })
  expect(toStoredError(thrown, createRedact(['canary7f3a'])).code).toBe('HANDLER_FAILED')
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
