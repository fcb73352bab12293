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
    databaseUrl: null,
    dataDir: '/somewhere/.data',
    pollIntervalSeconds: null,
    symbols: null,
    alphaVantageApiKey: null,
    marketData: 'auto',
    adminToken: null,
    analystToken: null,
    logFormat: 'pretty',
    secrets: [],
  })
})

test('variables that are set are used', () => {
  const config = readConfig(
    {
      PORT: '8080',
      HOST: '::1',
      DATABASE_URL: 'postgresql://pm:secret@db.internal:5432/portfolio',
      POLL_INTERVAL_SECONDS: '60',
      ALLOWED_ORIGINS: 'https://ops.example.com, http://10.0.0.7:8080',
      SYMBOLS: ' aapl, CL=F,^VIX ,AAPL',
      MARKET_DATA: 'live',
      ADMIN_TOKEN: 'admin-token-of-16+',
      ANALYST_TOKEN: 'analyst-token-of-16+',
    },
    defaults,
  )
  expect(config).toMatchObject({ port: 8080, host: '::1', pollIntervalSeconds: 60, marketData: 'live' })
  expect(config.secrets).toEqual(['secret', 'admin-token-of-16+', 'analyst-token-of-16+'])
  expect(config.allowedOrigins).toEqual(['https://ops.example.com', 'http://10.0.0.7:8080'])
  expect(config.symbols).toEqual(['AAPL', 'CL=F', '^VIX'])
})

describe('a wrong value is named, with the value and what is allowed', () => {
  const cases = [
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    ['PORT', '3e3'],
    ['HOST', 'not a host'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://ops.example.com/'],
    ['ALLOWED_ORIGINS', 'ops.example.com'],
    ['DATA_DIR', 'x'.repeat(1_001)],
    ['POLL_INTERVAL_SECONDS', '0'],
    ['POLL_INTERVAL_SECONDS', '5m'],
    ['POLL_INTERVAL_SECONDS', '0.5'],
    ['POLL_INTERVAL_SECONDS', 'NaN'],
    ['SYMBOLS', 'AAPL,,MSFT'],
    ['SYMBOLS', 'DROP TABLE'],
    ['MARKET_DATA', 'repaly'],
    ['LOG_FORMAT', 'xml'],
  ] as const
  test.each(cases)('%s=%s', (name, value) => {
    const error = refusal({ [name]: value })
    expect(error.details).toHaveLength(1)
    expect(error.details[0]).toContain(`${name}: got "${value.slice(0, 60)}`)
    expect(error.details[0]).toContain('allowed is ')
  })
})

test('a wrong secret is named but not repeated', () => {
  const secrets = {
    DATABASE_URL: 'mysql://root:hunter22@localhost/db',
    ALPHA_VANTAGE_API_KEY: 'my key!',
    ADMIN_TOKEN: 'short',
    ANALYST_TOKEN: 'has a space in it, sadly',
  }
  const error = refusal(secrets)
  expect(error.details.map((line) => line.split(':')[0])).toEqual(Object.keys(secrets))
  for (const value of Object.values(secrets)) expect(error.details.join()).not.toContain(value)
})

test('all problems are reported at once', () => {
  const error = refusal({ PORT: 'http', MARKET_DATA: 'LIVE', POLL_INTERVAL_SECONDS: '-5' })
  expect(error.message).toBe('3 environment variables are wrong:')
  expect(error.details).toHaveLength(3)
})

test('two roles cannot share a token', () => {
  const token = 'one-token-for-both-roles'
  expect(refusal({ ADMIN_TOKEN: token, ANALYST_TOKEN: token }).details).toEqual([
    'ADMIN_TOKEN and ANALYST_TOKEN are the same: each role needs a token of its own.',
  ])
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
