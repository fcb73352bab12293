import { createManualClock } from '@pm/scheduler-testing'
import { expect, test } from 'vitest'

import { createTestAccess, TEST_TOKENS } from '../../test/test-access.ts'
import { ATTEMPTS_MS, ATTEMPTS_PER_ACCOUNT, ATTEMPTS_PER_ADDRESS, type Identity } from './access.ts'
import { chooseAccounts, randomToken } from './accounts.ts'

const FROM = '192.0.2.1'
const bearer = (authorization: string | undefined, address = FROM) => ({ authorization, session: undefined, address })
const nameOf = (identity: Identity) => (identity.kind === 'account' ? identity.account.name : identity.kind)

test('a bearer token determines the account', async () => {
  const { access } = createTestAccess()
  expect(nameOf(await access.identify(bearer(`Bearer ${TEST_TOKENS.admin}`)))).toBe('admin')
  expect(nameOf(await access.identify(bearer(`bearer  ${TEST_TOKENS.analyst}`)))).toBe('analyst')
  expect(nameOf(await access.identify(bearer('Bearer token-of-ben-0001')))).toBe('ben')
})

test.each([
  ['nothing', undefined],
  ['an empty header', ''],
  ['no token', 'Bearer '],
  ['a prefix of a token', `Bearer ${TEST_TOKENS.admin.slice(0, -1)}`],
  ['a longer token', `Bearer ${TEST_TOKENS.admin}x`],
  ['two tokens', `Bearer ${TEST_TOKENS.admin} ${TEST_TOKENS.analyst}`],
  ['another scheme', `Basic ${TEST_TOKENS.admin}`],
])('%s is nobody', async (_, authorization) => {
  expect(nameOf(await createTestAccess().access.identify(bearer(authorization)))).toBe('nobody')
})

test('a session is no bearer token, a token is no session, and a wrong bearer token is refused beside a session', async () => {
  const { access, accounts } = createTestAccess()
  const [admin] = accounts
  if (!admin) throw new Error('an admin')
  const session = await access.logins.begin(admin)
  const identify = async (authorization: string | undefined, cookie: string) =>
    nameOf(await access.identify({ authorization, session: cookie, address: FROM }))
  expect(await identify(undefined, session)).toBe('admin')
  expect(await identify(`Bearer ${session}`, '')).toBe('nobody')
  expect(await identify(undefined, TEST_TOKENS.admin)).toBe('nobody')
  expect(await identify('Bearer wrong', session)).toBe('nobody')
})

test('a login needs the account and its own token', () => {
  const { access } = createTestAccess()
  const logIn = (name: string, token: string) => nameOf(access.byToken({ name, token, address: FROM }))
  expect(logIn('admin', TEST_TOKENS.admin)).toBe('admin')
  expect(logIn('analyst', TEST_TOKENS.admin)).toBe('nobody')
  expect(logIn('nobody', TEST_TOKENS.admin)).toBe('nobody')
  expect(logIn('admin', '')).toBe('nobody')
})

test('200 wrong attempts of an address are not 200 checks, and the right token then has to wait, too', async () => {
  const clock = createManualClock()
  const { access } = createTestAccess({ now: () => clock.now() })
  const found: string[] = []
  for (let attempt = 0; attempt < 200; attempt++) {
    const identity =
      attempt % 2 === 0
        ? access.byToken({ name: `name-${attempt}`, token: 'wrong', address: FROM })
        : await access.identify(bearer(`Bearer wrong-${attempt}`))
    found.push(identity.kind)
  }
  expect(found.filter((kind) => kind === 'nobody')).toHaveLength(ATTEMPTS_PER_ADDRESS)
  expect(new Set(found.slice(ATTEMPTS_PER_ADDRESS))).toEqual(new Set(['limited']))
  const right = { name: 'admin', token: TEST_TOKENS.admin, address: FROM }
  expect(access.byToken(right)).toEqual({ kind: 'limited', waitMs: ATTEMPTS_MS })
  expect(nameOf(access.byToken({ ...right, address: '192.0.2.2' }))).toBe('admin')
  await clock.advance(ATTEMPTS_MS)
  expect(nameOf(access.byToken(right))).toBe('admin')
})

test('wrong attempts at one account are limited wherever they come from, and at no other', () => {
  const { access } = createTestAccess()
  const kinds = Array.from({ length: 200 }, (_, at) => {
    return access.byToken({ name: 'anna', token: 'wrong', address: `192.0.2.${at}` }).kind
  })
  expect(kinds.filter((kind) => kind === 'nobody')).toHaveLength(ATTEMPTS_PER_ACCOUNT)
  const from = { address: '198.51.100.1' }
  expect(access.byToken({ name: 'anna', token: 'token-of-anna-0001', ...from }).kind).toBe('limited')
  expect(nameOf(access.byToken({ name: 'ben', token: 'token-of-ben-0001', ...from }))).toBe('ben')
})

test('right attempts never limit anybody, and wrong links count as wrong attempts', async () => {
  const { access } = createTestAccess()
  const right = await Promise.all(
    Array.from({ length: 200 }, () => access.identify(bearer(`Bearer ${TEST_TOKENS.analyst}`))),
  )
  expect(new Set(right.map(nameOf))).toEqual(new Set(['analyst']))
  const wrong = await Promise.all(Array.from({ length: 200 }, () => access.byLink({ code: 'made-up', address: FROM })))
  expect(wrong.filter(({ kind }) => kind === 'nobody')).toHaveLength(ATTEMPTS_PER_ADDRESS)
})

test('random tokens are 32 bytes, safe in a link, all different, and known as random', () => {
  const drawn = Array.from({ length: 100 }, randomToken)
  expect(new Set(drawn).size).toBe(100)
  for (const token of drawn) expect(token).toMatch(/^[\w-]{43}$/)
  const accounts = chooseAccounts({ adminToken: null, analystToken: TEST_TOKENS.analyst, analysts: [] })
  expect(accounts.map(({ name, random }) => [name, random])).toEqual([
    ['admin', true],
    ['analyst', false],
  ])
})
