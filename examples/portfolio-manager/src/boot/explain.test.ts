import { expect, test } from 'vitest'

import { UserError } from '../user-error.ts'
import { explain } from './explain.ts'

test('a failed start is told with its remedy, on lines of its own', () => {
  expect(explain(new UserError('It fails.', ['Do this.', 'Or that.']))).toBe(
    'Portfolio manager cannot start. It fails.\n  Do this.\n  Or that.\n',
  )
})

test('no secret is shown, whoever wrote the message', () => {
  const secrets = ['hunter/22', 'other-secret']
  const told = explain(new UserError('cannot reach postgres://pm:hunter%2F22@db', ['with other-secret']), secrets)
  expect(told).toBe('Portfolio manager cannot start. cannot reach postgres://pm:[secret]@db\n  with [secret]\n')
  expect(explain('hunter/22', secrets)).toBe('Portfolio manager cannot start. [secret]\n')
})
