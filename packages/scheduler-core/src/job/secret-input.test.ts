import { expect, it } from 'vitest'
import * as z from 'zod'

import { createRedact } from '../redact/create-redact.ts'
import { hiddenTexts } from './hidden-texts.ts'
import { hasLost, withoutSecrets } from './secret-input.ts'

const SECRET = 'canary7f3a9c'

it('a secret in the key of a record is not stored, and the input is lost', () => {
  const schema = z.record(z.string(), z.unknown())
  const input = { [`quotes of ${SECRET}`]: 1, deeper: [{ [SECRET]: 'a', 'password=hunter2x9': 'b' }] }
  const stored = withoutSecrets(schema, input, createRedact([SECRET]))
  expect(stored).toEqual({ 'quotes of [redacted]': 1, deeper: [{ '[redacted]': 'a', 'password=[redacted]': 'b' }] })
  expect(hasLost(stored)).toBe(true)
  expect(hasLost({ deeper: [{ quotes: 'a' }] })).toBe(false)
  expect(hiddenTexts(input, stored)).not.toContain('quotes')
})
