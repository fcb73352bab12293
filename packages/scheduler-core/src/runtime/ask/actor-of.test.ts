import { expect, it } from 'vitest'

import { createRedact } from '../../redact/create-redact.ts'
import { actorOf } from './actor-of.ts'

const redact = createRedact(['canary7f3a'])

it('takes the author and the reason unchanged', () => {
  expect(actorOf({}, redact)).toEqual({ by: 'host', why: null })
  expect(actorOf({ by: 'Zoë', why: '休日\n\tuntil Monday' }, redact)).toEqual({
    by: 'Zoë',
    why: '休日\n\tuntil Monday',
  })
  expect(actorOf({ by: 'x'.repeat(200), why: 'x'.repeat(1_000) }, redact).why).toHaveLength(1_000)
})

it('hides secrets in both, and shows marks of direction', () => {
  const given = { by: 'ada:canary7f3a', why: 'password=hunter2 leaked, \u202egnp.exe' }
  expect(actorOf(given, redact)).toEqual({
    by: 'ada:[redacted]',
    why: 'password=[redacted] leaked, \\u202egnp.exe',
  })
})

it.each([
  ['by', { by: '' }],
  ['by', { by: 'x'.repeat(201) }],
  ['by', { by: 'a\nb' }],
  ['by', { by: 'a\0' }],
  ['by', { by: ' ada' }],
  ['by', { by: 'ada\u202ebob' }],
  ['by', { by: 'a\u200bda' }],
  ['why', { why: 'x'.repeat(1_001) }],
  ['why', { why: 'a\0b' }],
  ['why', { why: 'a\u001b[31m' }],
  ['why', { why: 'half \ud83d' }],
])('refuses text that no store should have to keep, and names its path: %s', (path, given) => {
  expect(() => actorOf(given, redact)).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path }) }),
  )
})
