import assert from 'node:assert/strict'

import { ask, type Target } from './ask.ts'

export const ADMIN = '/api/v1/admin/scheduler'
export const MARKET_DATA = '/api/v1/market-data/scheduler'

/** Statuses, refusals, commands and limits, as somebody outside of the process sees them. Rejects for the first that differs. */
export async function driveRoutes(target: Target): Promise<void> {
  await driveReads(target)
  await driveRefusals(target)
  await driveCommands(target)
  await driveCrossSite(target)
}

async function driveReads(target: Target): Promise<void> {
  for (const view of [ADMIN, MARKET_DATA]) {
    const { status, headers } = await ask(target, `${view}/status`)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'application/json; charset=utf-8')
    assert.equal(headers['cache-control'], 'private, no-cache')
  }
  assert.equal((await ask(target, `${ADMIN}/status`)).json()['schedulerName'], 'market_data_scheduler')
  // A snapshot may be replaced between the two.
  await eventually('304 for the tag of the last answer', async () => {
    const { headers } = await ask(target, `${ADMIN}/status`)
    const again = await ask(target, `${ADMIN}/status`, { headers: { 'if-none-match': String(headers.etag) } })
    return again.status === 304 && again.text === ''
  })
  const head = await ask(target, `${ADMIN}/status`, { method: 'HEAD' })
  assert.deepEqual([head.status, head.text], [200, ''])
  const { status, text } = await ask(target, '/health/ready', { isAnonymous: true })
  assert.deepEqual([status, text], [200, '{"status":"pass"}'])
}

async function driveRefusals(target: Target): Promise<void> {
  const refuses = async (path: string, question: Parameters<typeof ask>[2], expected: readonly [number, string]) => {
    const { status, headers, json } = await ask(target, ADMIN + path, question)
    assert.deepEqual([status, json()['code'], json()['status']], [...expected, expected[0]], path)
    assert.match(String(headers['content-type']), /^application\/problem\+json/)
    return headers
  }
  const headers = await refuses('/status', { isAnonymous: true }, [401, 'UNAUTHENTICATED'])
  assert.equal(headers['www-authenticate'], 'Bearer')
  await refuses('/none', {}, [404, 'NOT_FOUND'])
  const { allow } = await refuses('/status', { method: 'DELETE' }, [405, 'METHOD_NOT_ALLOWED'])
  assert.equal(allow, 'GET, HEAD, OPTIONS')
  await refuses('/runs?limit=0', {}, [400, 'INVALID_REQUEST'])
  await refuses('/pause', { method: 'POST', body: { why: 'x'.repeat(17_000) } }, [413, 'PAYLOAD_TOO_LARGE'])
  const form = { method: 'POST', body: 'why=x', headers: { 'content-type': 'text/plain' } }
  await refuses('/pause', form, [415, 'UNSUPPORTED_MEDIA_TYPE'])
}

async function driveCommands(target: Target): Promise<void> {
  const key = { 'idempotency-key': `drive-${process.pid}-${Date.now()}` }
  const pause = (why: string) => ask(target, `${ADMIN}/pause`, { method: 'POST', body: { why }, headers: key })
  const [first, again, other] = [await pause('a try'), await pause('a try'), await pause('something else')]
  assert.deepEqual([first.status, again.status, other.status], [200, 200, 422])
  assert.equal(again.text, first.text)
  assert.deepEqual(
    [first, again].map(({ headers }) => headers['idempotent-replayed']),
    [undefined, 'true'],
  )
  assert.equal((await ask(target, `${ADMIN}/status`)).json()['state'], 'paused')
  assert.equal((await ask(target, `${ADMIN}/resume`, { method: 'POST' })).status, 200)
  assert.equal((await ask(target, `${ADMIN}/status`)).json()['state'], 'running')
  const config = await ask(target, `${ADMIN}/config`)
  const patch = { method: 'PATCH', body: { retry: { max_attempts: 0 } }, headers: { 'if-match': '"0"' } }
  assert.ok([400, 412].includes((await ask(target, `${ADMIN}/config`, patch)).status))
  assert.equal((await ask(target, `${ADMIN}/config`)).text, config.text)
}

async function driveCrossSite(target: Target): Promise<void> {
  const resume = (headers: Readonly<Record<string, string>>) =>
    ask(target, `${ADMIN}/resume`, { method: 'POST', headers })
  assert.equal((await resume({ 'sec-fetch-site': 'same-origin' })).status, 200)
  assert.equal((await resume({ origin: new URL(target.url).origin })).status, 200, 'the origin of the server itself')
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    const { status, json } = await resume(headers)
    assert.deepEqual([status, json()['code']], [403, 'CROSS_SITE'])
  }
  const read = await ask(target, `${ADMIN}/status`, { headers: { origin: 'https://evil.example' } })
  assert.deepEqual([read.status, read.headers['access-control-allow-origin']], [200, undefined])
}

/** Asks again until it holds, for at most ten seconds. */
export async function eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`Never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
