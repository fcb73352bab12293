import { describe, expect, it } from 'vitest'

import { createRedact } from '../../src/redact/create-redact.ts'
import { PLACES, SECRET, TOKEN, WAYS } from './texts/configured.ts'
import { INNOCENT_HELD_BACK } from './texts/innocent-held-back.ts'
import { INNOCENT_KNOWN } from './texts/innocent-known.ts'
import { NAMED, VALUES } from './texts/named.ts'
import { around, SHAPES } from './texts/shapes.ts'

const redact = createRedact([])
const redactConfigured = createRedact([SECRET, TOKEN])

describe('of all forms of secrets', () => {
  it('are more than 200', () => {
    expect(WAYS.length * 2 + SHAPES.length + NAMED.length).toBeGreaterThan(200)
  })

  it.each(WAYS)('a configured secret comes through in none: %s', (_name, write) => {
    for (const secret of [SECRET, TOKEN]) {
      for (const place of PLACES) {
        const [before = '', after = ''] = place.split('§')
        expect(redactConfigured(place.replace('§', () => write(secret)))).toSatisfy((shown: string) =>
          isHidden(shown, { before, after, written: write(secret), frame: write(turned(secret)) }),
        )
      }
    }
  })

  it.each(SHAPES)('no token comes through that is known by its shape: %s', (_name, token) => {
    for (const text of [around(token), `x="${around(token)}"`, around(token).replaceAll('\n', '\\n')]) {
      const shown = redact(text)
      for (const part of token.split(/[\s.]+|\\n/).filter(({ length }) => length > 12))
        expect(shown).not.toContain(part)
    }
  })

  it.each(NAMED)('nothing comes through that its surroundings name: %j', (text) => {
    for (const value of VALUES) expect(redact(text.replace('§', () => value))).not.toContain(value.slice(0, 5))
  })
})

describe('of innocent texts', () => {
  it.each(INNOCENT_KNOWN)('the known stay as they are: %j', (text) => {
    expect(redact(text)).toBe(text)
  })

  it('of those that were held back at most 3 in 100 change', () => {
    const changed = INNOCENT_HELD_BACK.filter((text) => redact(text) !== text)
    console.info(`False positives: ${changed.length} of ${INNOCENT_HELD_BACK.length}`)
    expect(changed.length).toBeLessThanOrEqual(INNOCENT_HELD_BACK.length * 0.03)
  })
})

/** A part of the encoded secret as long as this would tell much of it. */
const PART = 12

function isHidden(
  shown: string,
  { before, after, written, frame }: Readonly<Record<'before' | 'after' | 'written' | 'frame', string>>,
) {
  if (!shown.includes('[redacted]')) return false
  if (!shown.startsWith(before) || !shown.endsWith(after)) return false
  const middle = shown.slice(before.length, shown.length - after.length)
  return !Array.from({ length: Math.max(1, written.length - PART) }, (_, at) => written.slice(at, at + PART)).some(
    (part) => middle.includes(part) && !frame.includes(part),
  )
}

/** Another secret of the same form: what both have when they are written is no part of the secret. */
function turned(secret: string): string {
  return secret.replace(/[a-z0-9]/gi, (character) => (/\d/.test(character) ? '0' : 'k'))
}
