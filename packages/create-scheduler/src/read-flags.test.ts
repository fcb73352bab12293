import { expect, it } from 'vitest'

import { CreateError } from './create-error.ts'
import { readFlags } from './read-flags.ts'

it('reads what was typed, and keeps what was not open', () => {
  expect(readFlags([])).toEqual({ chosen: {}, yes: false, help: false })
  expect(readFlags(['here', '--framework', 'hono', '--database=postgresql', '--name', '@acme/jobs', '-y'])).toEqual({
    chosen: { folder: 'here', framework: 'hono', database: 'postgresql', name: '@acme/jobs' },
    yes: true,
    help: false,
  })
})

it.each([
  ['UNKNOWN_FRAMEWORK', ['--framework', 'koa'], 'choose express, fastify, hono or nestjs'],
  ['UNKNOWN_FRAMEWORK', ['--framework', 'constructor'], '"constructor"'],
  ['UNKNOWN_DATABASE', ['--database', 'mysql'], 'choose memory or postgresql'],
  ['BAD_NAME', ['--name', 'My Jobs'], 'such as my-jobs'],
  ['BAD_NAME', ['--name', ''], 'such as'],
  ['BAD_NAME', ['--name', 'a'.repeat(215)], 'no name'],
  ['BAD_FLAG', ['--colour'], "Unknown option '--colour'"],
  ['BAD_FLAG', ['--framework'], '--framework'],
  ['BAD_FLAG', ['one', 'two'], '2 were named'],
])('refuses with %s: %j', (code, args, said) => {
  const refusal = refusalOf(() => readFlags(args))
  expect(refusal.code).toBe(code)
  expect(refusal.message).toContain(said)
  expect(refusal.message.split('\n')).toHaveLength(1)
})

function refusalOf(call: () => unknown): CreateError {
  try {
    call()
  } catch (error) {
    if (error instanceof CreateError) return error
    throw error
  }
  throw new Error('It was not refused.')
}
