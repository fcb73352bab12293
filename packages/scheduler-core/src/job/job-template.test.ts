import { expect, it } from 'vitest'
import * as z from 'zod'

import { defineJobTemplate } from './job-template.ts'

const VALID = { name: 'report', params: z.object({ tenant: z.string() }), handler: () => {} }

it.each([
  ['former names', 'formerly', ['old']],
  ['a schedule', 'schedule', null],
  ['a first run', 'runOnFirstOpen', true],
  ['an input', 'input', z.object({})],
])('a template is refused with %s, which its jobs cannot have from it', (_what, field, value) => {
  expect(() => defineJobTemplate({ ...VALID, [field]: value })).toThrow(
    expect.objectContaining({
      code: 'INVALID_OPTIONS',
      details: expect.objectContaining({ path: `template.${field}`, received: 'an unknown option' }),
    }),
  )
})
