import { expect, test } from 'vitest'

import { createAccess, LOGIN_COOKIE, randomToken } from './access.ts'

const tokens = { admin: 'admin-0123456789abcdef', analyst: 'analyst-0123456789abcdef' }
const access = createAccess(tokens)

test('a bearer token determines the role', () => {
  expect(access.roleOf(bearer(tokens.admin))).toBe('admin')
  expect(access.roleOf(bearer(tokens.analyst))).toBe('analyst')
  expect(access.roleOf({ authorization: `bearer  ${tokens.admin}`, cookie: undefined })).toBe('admin')
})

test.each([
  ['nothing', undefined],
  ['an empty header', ''],
  ['no token', 'Bearer '],
  ['a prefix of a token', `Bearer ${tokens.admin.slice(0, -1)}`],
  ['a longer token', `Bearer ${tokens.admin}x`],
  ['two tokens', `Bearer ${tokens.admin} ${tokens.analyst}`],
  ['another scheme', `Basic ${tokens.admin}`],
  ['the cookie value as a bearer', `Bearer ${access.sessionOf('admin')}`],
])('%s is nobody', (_, authorization) => {
  expect(access.roleOf({ authorization, cookie: undefined })).toBeNull()
})

test('a login cookie among other cookies determines the role', () => {
  const cookie = `theme=dark; ${LOGIN_COOKIE}=${access.sessionOf('analyst')}; x=1`
  expect(access.roleOf({ authorization: undefined, cookie })).toBe('analyst')
})

test('a login cookie neither holds nor accepts the token itself', () => {
  expect(access.sessionOf('admin')).not.toContain(tokens.admin)
  expect(access.roleOf({ authorization: undefined, cookie: `${LOGIN_COOKIE}=${tokens.admin}` })).toBeNull()
})

test('a wrong bearer token is refused even with a valid cookie', () => {
  const cookie = `${LOGIN_COOKIE}=${access.sessionOf('admin')}`
  expect(access.roleOf({ authorization: 'Bearer wrong', cookie })).toBeNull()
})

test('a login ends when the token changes, and otherwise survives a restart', () => {
  const cookie = `${LOGIN_COOKIE}=${access.sessionOf('admin')}`
  expect(createAccess(tokens).roleOf({ authorization: undefined, cookie })).toBe('admin')
  expect(createAccess({ ...tokens, admin: randomToken() }).roleOf({ authorization: undefined, cookie })).toBeNull()
})

test('random tokens are 32 bytes, safe in a link, and all different', () => {
  const drawn = Array.from({ length: 100 }, randomToken)
  expect(new Set(drawn).size).toBe(100)
  for (const token of drawn) expect(token).toMatch(/^[\w-]{43}$/)
})

function bearer(token: string) {
  return { authorization: `Bearer ${token}`, cookie: undefined }
}
