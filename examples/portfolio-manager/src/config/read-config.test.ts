import { describe, expect, test } from 'vitest'

import { UserError } from '../user-error.ts'
import { readConfig } from './read-config.ts'

const defaults = { dataDir: '/somewhere/.data' }

test('an empty environment gives the defaults, and an empty variable counts as not set', () => {
  const config = readConfig({ PORT: '', SYMBOLS: '  ' }, defaults)
  expect(config).toEqual({
    port: 3000,
    host: '127.0.0.1',
    allowedOrigins: [],
    trustProxy: false,
    databaseUrl: null,
    databaseOwnerUrl: null,
    dataDir: '/somewhere/.data',
    pollIntervalSeconds: null,
    symbols: null,
    baseCurrency: 'USD',
    alphaVantageApiKey: null,
    marketData: 'auto',
    madeSymbols: 0,
    adminToken: null,
    analystToken: null,
    analysts: [],
    workers: 0,
    logFormat: 'pretty',
    secrets: [],
  })
})

test('variables that are set are used', () => {
  const config = readConfig(
    {
      PORT: '8080',
      HOST: '::1',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      DATABASE_URL: 'postgresql://pm:p%40ss%2Fword@db.internal:5432/portfolio?sslmode=require',
      DATABASE_OWNER_URL: 'postgresql://owner:other@db.internal:5432/portfolio',
      POLL_INTERVAL_SECONDS: '60',
      ALLOWED_ORIGINS: 'https://ops.example.com, http://10.0.0.7:8080',
      BASE_CURRENCY: 'GBP',
      WORKERS: '3',
      SYMBOLS: ' aapl, CL=F,^VIX ,AAPL',
      MARKET_DATA: 'live',
      ADMIN_TOKEN: 'admin-token-of-16+',
      ANALYST_TOKEN: 'analyst-token-of-16+',
      ANALYSTS: 'anna:token-of-anna-0001, ben:token-of-ben-00002',
    },
    defaults,
  )
  expect(config).toMatchObject({
    port: 8080,
    host: '::1',
    pollIntervalSeconds: 60,
    marketData: 'live',
    baseCurrency: 'GBP',
    workers: 3,
  })
  const tokens = ['admin-token-of-16+', 'analyst-token-of-16+', 'token-of-anna-0001', 'token-of-ben-00002']
  expect(config.secrets).toEqual(['p@ss/word', 'other', ...tokens])
  expect(config.trustProxy).toEqual(['loopback', '10.0.0.0/8'])
  expect(config.analysts.map(({ name }) => name)).toEqual(['anna', 'ben'])
  expect(config.allowedOrigins).toEqual(['https://ops.example.com', 'http://10.0.0.7:8080'])
  expect(config.symbols).toEqual(['AAPL', 'CL=F', '^VIX'])
})

describe('a wrong value is named, with the value and what is allowed', () => {
  const cases = [
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    ['PORT', '3e3'],
    ['BASE_CURRENCY', 'usd'],
    ['BASE_CURRENCY', 'GBp'],
    ['BASE_CURRENCY', 'GBX'],
    ['BASE_CURRENCY', 'dollars'],
    ['HOST', 'not a host'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://ops.example.com/'],
    ['ALLOWED_ORIGINS', 'ops.example.com'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', 'proxy.example.com'],
    ['DATA_DIR', 'x'.repeat(1_001)],
    ['POLL_INTERVAL_SECONDS', '0'],
    ['POLL_INTERVAL_SECONDS', '5m'],
    ['POLL_INTERVAL_SECONDS', '0.5'],
    ['POLL_INTERVAL_SECONDS', 'NaN'],
    ['SYMBOLS', 'AAPL,,MSFT'],
    ['SYMBOLS', 'DROP TABLE'],
    ['MARKET_DATA', 'repaly'],
    ['MADE_SYMBOLS', '20001'],
    ['MADE_SYMBOLS', 'many'],
    ['WORKERS', '17'],
    ['WORKERS', '-1'],
    ['WORKERS', 'three'],
    ['WORKERS', '1.5'],
    ['LOG_FORMAT', 'xml'],
  ] as const
  test.each(cases)('%s=%s', (name, value) => {
    const error = refusal({ [name]: value })
    expect(error.details).toHaveLength(1)
    expect(error.details[0]).toContain(`${name}: got "${value.slice(0, 60)}`)
    expect(error.details[0]).toContain('allowed is ')
  })
})

test('made symbols are polled in a replay alone', () => {
  expect(readConfig({ MARKET_DATA: 'replay', MADE_SYMBOLS: '10000' }, defaults).madeSymbols).toBe(10_000)
  for (const MARKET_DATA of ['auto', 'live'])
    expect(refusal({ MARKET_DATA, MADE_SYMBOLS: '10' }).details).toEqual([
      'MADE_SYMBOLS is set without MARKET_DATA=replay: only a replay has made symbols.',
    ])
})

test('a wrong secret is named but not repeated', () => {
  const secrets = {
    DATABASE_URL: 'mysql://root:hunter22@localhost/db',
    ALPHA_VANTAGE_API_KEY: 'my key!',
    ADMIN_TOKEN: 'short',
    ANALYST_TOKEN: 'has a space in it, sadly',
    ANALYSTS: 'anna:has a space',
  }
  const error = refusal(secrets)
  expect(error.details.map((line) => line.split(':')[0])).toEqual(Object.keys(secrets))
  for (const value of Object.values(secrets)) expect(error.details.join()).not.toContain(value)
})

test.each([
  ['a percent sign that encodes nothing', 'postgres://pm:hunter%zz22@db.internal/portfolio'],
  ['a slash in the password', 'postgres://pm:1234/hunter22@db.internal/portfolio'],
  ['a slash, and no database', 'postgres://pm:1234/hunter22@db.internal'],
  ['a question mark in the password', 'postgres://pm:1234/x?hunter22@db.internal/portfolio'],
  ['a hash in the password', 'postgres://pm:1234/x#hunter22@db.internal/portfolio'],
  ['the password in the query', 'postgres://db.internal/portfolio?password=hunter22'],
  ['no database', 'postgres://pm:hunter22@db.internal'],
  ['no host', 'postgres:///hunter22'],
  ['another scheme', 'mysql://pm:hunter22@db.internal/portfolio'],
  ['no address', 'hunter22'],
])('an address with %s is refused: its variable is named, and no part of it is shown', (_, url) => {
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
    const [line, ...more] = refusal({ DATABASE_URL: 'postgres://db/x', [name]: url }).details
    expect(more).toEqual([])
    expect(line).toMatch(
      new RegExp(`^${name}: got \\d+ characters that are not shown, allowed is a PostgreSQL address`),
    )
    expect(line).not.toMatch(/hunter|1234|zz22/)
  }
})

test('an owner without a role to run as is refused', () => {
  expect(refusal({ DATABASE_OWNER_URL: 'postgres://owner@db/x' }).details).toEqual([
    'DATABASE_OWNER_URL is set without DATABASE_URL: the role that the application runs as is missing.',
  ])
})

test.each([
  'anna',
  'anna:short',
  'Anna:token-of-anna-0001',
  'admin:token-of-anna-0001',
  'anna:token-of-anna-0001,anna:token-of-anna-0002',
])('ANALYSTS refuses a list with a wrong pair without showing it', (text) => {
  const [line = ''] = refusal({ ANALYSTS: text }).details
  expect(line).toContain('ANALYSTS: got')
  expect(line).not.toContain('0001')
})

test('all problems are reported at once', () => {
  const error = refusal({ PORT: 'http', MARKET_DATA: 'LIVE', POLL_INTERVAL_SECONDS: '-5' })
  expect(error.message).toBe('3 environment variables are wrong:')
  expect(error.details).toHaveLength(3)
})

test('two accounts cannot share a token', () => {
  const token = 'one-token-for-two-accounts'
  for (const shared of [{ ANALYST_TOKEN: token }, { ANALYSTS: `anna:${token}` }]) {
    expect(refusal({ ADMIN_TOKEN: token, ...shared }).details).toEqual([
      'ADMIN_TOKEN, ANALYST_TOKEN and ANALYSTS name a token twice: each account needs a token of its own.',
    ])
  }
})

function refusal(environment: Record<string, string>): UserError {
  try {
    readConfig(environment, defaults)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('The environment was accepted.')
}
