import { createManualClock } from '@pm/scheduler-testing'
import { expect, test } from 'vitest'

import { createMemoryTokenStore } from '../../test/memory-token-store.ts'
import { chooseAccounts } from './accounts.ts'
import { createLogins, LINK_MS, RECHECK_MS, SESSION_MS, WITHOUT_STORE_MS } from './logins.ts'

const accounts = chooseAccounts({ adminToken: 'admin-0123456789abcdef', analystToken: null, analysts: [] })
const [admin, analyst] = accounts
if (!admin || !analyst) throw new Error('two accounts')

function open() {
  const clock = createManualClock()
  const store = createMemoryTokenStore()
  const create = (of = accounts) => createLogins({ accounts: of, store, now: () => clock.now() })
  return { clock, store, create, logins: create() }
}

test('a session is of its account until it expires', async () => {
  const { clock, logins } = open()
  const session = await logins.begin(admin)
  expect(await logins.accountOf(session)).toBe(admin)
  await clock.advance(SESSION_MS - 1)
  expect(await logins.accountOf(session)).toBe(admin)
  await clock.advance(1)
  expect(await logins.accountOf(session)).toBeNull()
})

test('a session that was ended is over at once here, and soon in every other process', async () => {
  const { clock, create, logins } = open()
  const elsewhere = create()
  const [session, other] = [await logins.begin(admin), await logins.begin(admin)]
  for (const each of [logins, elsewhere]) expect(await each.accountOf(session)).toBe(admin)
  await logins.end(session)
  await logins.end(session)
  expect(await logins.accountOf(session)).toBeNull()
  await clock.advance(RECHECK_MS)
  expect(await elsewhere.accountOf(session)).toBeNull()
  expect(await logins.accountOf(other)).toBe(admin)
})

test('a session that was looked up while it was ended is over', async () => {
  const { store, logins } = open()
  const session = await logins.begin(admin)
  const gate = Promise.withResolvers<void>()
  const find = store.find
  store.find = async (hash) => {
    const found = await find(hash)
    await gate.promise
    return found
  }
  const asked = logins.accountOf(session)
  await logins.end(session)
  gate.resolve()
  expect(await asked).toBeNull()
  expect(await logins.accountOf(session)).toBeNull()
})

test('all sessions and links of an account can be ended, and of no other', async () => {
  const { logins } = open()
  const sessions = [await logins.begin(admin), await logins.begin(admin)]
  const [link, other] = [await logins.makeLink(admin), await logins.begin(analyst)]
  for (const session of sessions) expect(await logins.accountOf(session)).toBe(admin)
  await logins.endAll(admin)
  for (const session of sessions) expect(await logins.accountOf(session)).toBeNull()
  expect(await logins.useLink(link)).toBeNull()
  expect(await logins.accountOf(other)).toBe(analyst)
})

test('a link works once, and only in its time', async () => {
  const { clock, logins } = open()
  const [link, late] = [await logins.makeLink(analyst), await logins.makeLink(analyst)]
  const used = await Promise.all([1, 2, 3].map(() => logins.useLink(link)))
  expect(used.filter((account) => account !== null)).toEqual([analyst])
  expect(await logins.useLink(link)).toBeNull()
  await clock.advance(LINK_MS)
  expect(await logins.useLink(late)).toBeNull()
})

test('a link is no session, and a session is no link', async () => {
  const { logins } = open()
  expect(await logins.accountOf(await logins.makeLink(admin))).toBeNull()
  expect(await logins.useLink(await logins.begin(admin))).toBeNull()
})

test('sessions survive a restart, end when the token of their account changes, and never are of another account', async () => {
  const { create, logins } = open()
  const session = await logins.begin(admin)
  expect(await create().accountOf(session)).toEqual(admin)
  expect(await create([{ ...admin, token: 'another-0123456789abcdef' }]).accountOf(session)).toBeNull()
  expect(await create([analyst]).accountOf(session)).toBeNull()
  expect(await logins.accountOf(session.replace('admin.', 'analyst.'))).toBeNull()
})

test('what was made up is refused without asking the store', async () => {
  const { store, logins } = open()
  const session = await logins.begin(admin)
  const [name, random = '', signature = ''] = session.split('.')
  const flipped = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`
  for (const forged of [
    '',
    'admin',
    `${name}.${random}`,
    `${name}.${random}.${flipped}`,
    `${name}.${flipped}.${signature}`,
    `${session}x`,
  ]) {
    expect(await logins.accountOf(forged)).toBeNull()
    expect(await logins.useLink(forged)).toBeNull()
    await logins.end(forged)
  }
  expect(store.lookups).toBe(0)
  expect(await logins.accountOf(session)).toBe(admin)
})

test('the store holds nothing that logs in', async () => {
  const { store, logins } = open()
  const [session, link] = [await logins.begin(admin), await logins.makeLink(admin)]
  const stored = JSON.stringify([...store.tokens.values()])
  expect(stored).not.toContain(admin.token)
  for (const part of [...session.split('.').slice(1), ...link.split('.').slice(1)]) expect(stored).not.toContain(part)
  for (const { hash } of store.tokens.values()) expect(await logins.accountOf(hash)).toBeNull()
})

test('a session is looked up once in a few seconds, and goes on for a while when the store is away', async () => {
  const { clock, store, logins } = open()
  const session = await logins.begin(admin)
  for (let asked = 0; asked < 20; asked++) await logins.accountOf(session)
  expect(store.lookups).toBe(1)
  store.away = true
  await clock.advance(WITHOUT_STORE_MS - 1)
  expect(await logins.accountOf(session)).toBe(admin)
  await clock.advance(1)
  await expect(logins.accountOf(session)).rejects.toThrow('the store is away')
  store.away = false
  expect(await logins.accountOf(session)).toBe(admin)
})
