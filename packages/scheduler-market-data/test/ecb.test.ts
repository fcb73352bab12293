import { createManualClock } from '@pm/scheduler-testing'
import { afterEach, expect, test } from 'vitest'

import { createEcbProvider } from '../src/index.ts'
import { answers, type Behaviour, type MisbehavingServer, startMisbehavingServer } from './misbehaving-server.ts'

let server: MisbehavingServer | null = null
afterEach(() => server?.close())

const FILE = 'Date,USD,GBP,\n2025-12-31,1.175,0.8726,\n'

async function fetchFrom(behaviour: Behaviour) {
  server = await startMisbehavingServer(behaviour)
  const provider = createEcbProvider({ url: `${server.url}/eurofxref-hist.csv`, clock: createManualClock() })
  return provider.fetchRates({ signal: new AbortController().signal })
}

test('the ECB is asked once for its file', async () => {
  const result = await fetchFrom(answers(200, FILE))
  expect(result.kind === 'rates' && result.table.ratesOn('2025-12-31')?.get('GBP')).toBe('0.8726')
  expect(server?.requests).toEqual(['GET /eurofxref-hist.csv'])
})

test.each([
  ['is down', answers(503), 'HTTP_SERVER_ERROR'],
  ['has moved', answers(302), 'REDIRECT_REFUSED'],
  ['asks for patience', answers(429), 'RATE_LIMITED'],
  ['answers with a page', answers(200, '<html><body>Maintenance</body></html>'), 'BODY_UNEXPECTED'],
  ['answers with half a file', answers(200, FILE.slice(0, -9)), 'BODY_UNEXPECTED'],
] as const)('an ECB that %s gives no rates, with the reason', async (_what, behaviour, code) => {
  expect(await fetchFrom(behaviour)).toMatchObject({ kind: 'refused', refusal: { code } })
})

test('an address that is none is refused', () => {
  expect(() => createEcbProvider({ url: 'file:///etc/rates.csv' })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS' }),
  )
})
