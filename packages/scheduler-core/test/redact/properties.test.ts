import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { MAX_READ_TEXT } from '../../src/limits.ts'
import { createRedact } from '../../src/redact/create-redact.ts'
import { isSecretName } from '../../src/redact/secret-names.ts'
import { showHidden } from '../../src/redact/show-hidden.ts'
import { NAMED, VALUES } from './texts/named.ts'
import { around, SHAPES } from './texts/shapes.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 300 })

describe('a redactor', () => {
  const redact = createRedact(['canary7f3a9c'])

  it('hides a secret in any text around it', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(redact(`${before}canary7f3a9c${after}`)).not.toContain('canary7f3a9c')
      }),
    )
  })

  it('throws at no text, be it half a character', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (any) => typeof redact(any) === 'string'))
    expect(redact('\ud800 canary7f3a9c \udc00')).toBe('\ud800 [redacted] \udc00')
    expect(createRedact(['\ud800', '', '%'])('50%')).toBe('50[redacted]')
  })

  it('finds nothing more in what it has redacted', () => {
    const all = [...NAMED.map((one) => one.replace('§', () => VALUES[0])), ...SHAPES.map(([, token]) => around(token))]
    for (const one of all) expect(redact(redact(one))).toBe(redact(one))
  })

  it('keeps the text around what it hides', () => {
    expect(redact('{"token":"a b","symbol":"AAPL"}')).toBe('{"token":"[redacted]","symbol":"AAPL"}')
    expect(redact('Server=db;Password=x;Timeout=5')).toBe('Server=db;Password=[redacted];Timeout=5')
    expect(redact('connect postgres://app:p@ss/w@db:5432/x now')).toBe('connect postgres://[redacted]@db:5432/x now')
    expect(redact('Key (email)=(ada@x.test) already exists.')).toBe('Key (email)=([redacted]) already exists.')
    expect(redact('app --password x1 --port 5432')).toBe('app --password [redacted] --port 5432')
    expect(redact('<password>x1</password><user>ada</user>')).toBe('<password>[redacted]</password><user>ada</user>')
    expect(redact('a%20canary%37f3a9c%20b')).toBe('a%20[redacted]%20b')
  })

  it('cuts what is too long, and leaves no half of a secret at the end', () => {
    const long = `${'x '.repeat(MAX_READ_TEXT / 2 - 3)}canary7f3a9c${'y'.repeat(1_000_000)}`
    expect(redact(long)).toMatch(/x \[redacted\]… \[redacted\]$/)
    expect(redact(`${'x'.repeat(MAX_READ_TEXT)}canary`)).toMatch(/xx… \[redacted\]$/)
  })

  it('asks the rule of the host last, and hides all where that fails', () => {
    const seen: string[] = []
    const own = (given: string) => {
      seen.push(given)
      return given.replaceAll(/customer \d+/g, 'customer [redacted]')
    }
    expect(createRedact(['canary7f3a9c'], { own })('customer 12 has canary7f3a9c')).toBe(
      'customer [redacted] has [redacted]',
    )
    expect(seen).toEqual(['customer 12 has [redacted]'])
    const failing = () => {
      throw new Error('no rule')
    }
    expect(createRedact([], { own: failing })('anything')).toBe('[redacted]')
    expect(createRedact([], { own: () => undefined as never })('anything')).toBe('[redacted]')
  })

  it('knows many secrets at once, and each of one character', () => {
    const secrets = Array.from({ length: 500 }, (_, index) => `secret-number-${index}-made-up`)
    const many = createRedact(secrets)
    for (const one of secrets) expect(many(`<${one}>`)).toBe('<[redacted]>')
    expect(createRedact(['é', 'xyz'])('é, xyz, xy')).toBe('[redacted], [redacted], xy')
  })
})

it.each([
  ...[
    'password',
    'PASSWORD',
    'dbPassword',
    'pwd',
    'pass',
    'dbPass',
    'DB_PASS',
    'sig',
    'signature',
    'sessionId',
    'session_id',
  ],
  ...[
    'sid',
    'token',
    'refreshToken',
    'X-Api-Key',
    'apikey',
    'client_secret',
    'Authorization',
    'Set-Cookie',
    'cookies',
    'auth',
  ],
  ...['credentials', 'connectionString', 'privateKey', 'AccountKey', 'jwt', 'otp', 'passwordHash', 'secrets'],
])('a field named %s holds a secret', (name) => {
  expect(isSecretName(name)).toBe(true)
})

it.each([
  ...[
    'tokenBucket',
    'hasSecrets?',
    'compass',
    'bypass',
    'author',
    'authority',
    'oauthUrl',
    'signal',
    'design',
    'residue',
    'spin',
  ],
  ...[
    'opinion',
    'key',
    'publicKey',
    'primaryKey',
    'cacheKey',
    'secretName',
    'passenger',
    'session',
    'accessKeyId',
    'passed',
  ],
])('a field named %s holds none', (name) => {
  expect(isSecretName(name)).toBe(false)
})

it('shows control characters and marks of direction by their escapes, and leaves words and emoji alone', () => {
  expect(showHidden('a\u001b[31mb\u0000\u0085')).toBe('a\\u001b[31mb\\u0000\\u0085')
  expect(showHidden('invoice\u202egnp.exe\u2066\u200f')).toBe('invoice\\u202egnp.exe\\u2066\\u200f')
  expect(showHidden('a\u200bb\ufeff\u2028')).toBe('a\\u200bb\\ufeff\\u2028')
  expect(showHidden('line\r\nnext\tcolumn\roverwritten')).toBe('line\r\nnext\tcolumn\\u000doverwritten')
  expect(showHidden('\u{e0041}')).toBe('\\u{e0041}')
  for (const plain of ['naïve 休日 “x”', '👩‍👩‍👧 🏳️‍🌈', 'می‌خواهم', 'a\nb\tc']) expect(showHidden(plain)).toBe(plain)
})
