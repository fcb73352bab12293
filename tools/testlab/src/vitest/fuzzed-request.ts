import fc from 'fast-check'

import { FAILED_RUN_ID, JOB, ROUTES, type Sent } from './http-scene.ts'

export interface FuzzedRequest {
  readonly path: string
  readonly sent: Sent
}

const AS_ADA = { authorization: 'Bearer ada' }

const paths = ROUTES.admin.map(({ path }) => path.replace(':job', JOB).replace(':id', FAILED_RUN_ID))
const commands = ROUTES.admin
  .filter(({ access }) => access === 'control')
  .map(({ method, path }) => ({ method, path: path.replace(':job', JOB).replace(':id', FAILED_RUN_ID) }))

/** Of what may stand in a request line, so that nothing is lost on the way to the server. */
const text = fc.stringMatching(/^[!"$-~]{0,24}$/)

const path = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...paths) },
  fc.webPath().map((random) => `/${random.replace(/^\/+/, '')}`),
  fc.tuple(fc.constantFrom(...paths), text).map(([known, tail]) => known + tail),
)

const query = fc.oneof(
  fc.webQueryParameters(),
  text,
  fc
    .record({
      key: fc.constantFrom('limit', 'from', 'to', 'state', 'job', 'cursor', 'metric', 'step_ms', 'n', 'at'),
      value: fc.oneof(text, fc.constantFrom('total_runs', '60000', '2025-09-16T02:00:00Z', '-1', '__proto__')),
    })
    .map(({ key, value }) => `${key}=${value}`),
)

const headers = fc.dictionary(
  fc.constantFrom('content-type', 'if-none-match', 'if-match', 'origin', 'idempotency-key', 'range', 'accept'),
  fc.oneof(fc.constantFrom('application/json', '*', '-1', '1e9', '""'), fc.string({ unit: 'binary-ascii' })),
)

/** Reads, and methods that no route has: of these anything may come. */
const noCommand = fc
  .record({ path, query, headers, method: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'PROPFIND') })
  .map(({ path, query, headers, method }) => ({
    path: `${path}?${query}`,
    sent: { method, headers: { ...headers, ...AS_ADA } },
  }))

const JSON_TYPE = { 'content-type': 'application/json' }

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(-1, Number.MAX_VALUE, 0.5, '\0', '\ud800', 'x'.repeat(20_000), { $gt: '' }),
)

/** What makes a command one that must not come through, whatever else is in it. */
const flaw = fc.oneof(
  value.map((given) => ({ headers: JSON_TYPE, body: JSON.stringify({ why_not: given }) ?? '0' })),
  fc.array(value).map((given) => ({ headers: JSON_TYPE, body: JSON.stringify(given) })),
  fc.record({ why: value }).map((given) => ({ headers: JSON_TYPE, body: `${JSON.stringify(given)}}` })),
  fc
    .uint8Array({ minLength: 1, maxLength: 64 })
    .map((bytes) => ({ headers: JSON_TYPE, body: Uint8Array.from([...bytes, 0xff]) })),
  fc
    .constantFrom('text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', 'json')
    .map((type) => ({ headers: { 'content-type': type }, body: '{"why":"x"}' })),
  fc
    .constantFrom('cross-site', 'same-site', 'none, same-origin', '')
    .map((site) => ({ headers: { ...JSON_TYPE, 'sec-fetch-site': site }, body: '{}' })),
  fc.webUrl().map((origin) => ({ headers: { ...JSON_TYPE, origin }, body: '{}' })),
  fc.constantFrom('', 'a b', '"', 'x'.repeat(300)).map((key) => ({ headers: { 'idempotency-key': key }, body: '' })),
)

const flawedCommand = fc
  .record({ command: fc.constantFrom(...commands), flaw, query: text })
  .map(({ command: { method, path }, flaw: { headers, body }, query }) => ({
    path: `${path}?${query}`,
    sent: { method, body, headers: { ...headers, ...AS_ADA } },
  }))

/** What a caller may send who is let in, and by mistake or on purpose gets everything else wrong. */
export const fuzzedRequest: fc.Arbitrary<FuzzedRequest> = fc.oneof(noCommand, flawedCommand)
