import { createFetchHandler } from '@pm/scheduler-core/http'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ROUTES } from './scene.ts'
import { FAILED_RUN_ID, JOB } from './staged-past.ts'
import { createStagedScheduler } from './staged-scheduler.ts'

const COMMANDS = /^(start|stop|pause|resume|run-job|pause-job|resume-job|cancel-run)/

const paths = ROUTES.admin.map(({ path }) => path.replace(':job', JOB).replace(':id', FAILED_RUN_ID))

const path = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...paths) },
  fc.webPath(),
  fc.tuple(fc.constantFrom(...paths), fc.string()).map(([known, tail]) => known + tail.replaceAll('#', '')),
)

const query = fc.oneof(
  fc.webQueryParameters(),
  fc.string(),
  fc
    .record({ key: fc.constantFrom('limit', 'from', 'to', 'state', 'job', 'cursor'), value: fc.string() })
    .map(({ key, value }) => `${key}=${value}`),
)

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-length',
    'content-encoding',
    'if-none-match',
    'origin',
    'sec-fetch-site',
    'host',
  ),
  fc.oneof(
    fc.constantFrom('application/json', 'same-origin', '*', 'gzip', '-1', '1e9', 'NaN'),
    fc.string({ unit: 'binary-ascii' }),
  ),
)

const body = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.string(),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Uint8Array.from(bytes)),
  fc.record({ why: fc.anything(), until: fc.anything(), __proto__: fc.anything() }, { requiredKeys: [] }).map(asJson),
)

describe('fuzzed requests', () => {
  it('are answered, never by a failure of ours, and a refused one changes nothing', async () => {
    const request = fc.record({
      path,
      query,
      headers,
      body,
      method: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'DELETE'),
    })
    await fc.assert(
      fc.asyncProperty(request, async (fuzzed) => {
        const built = build(fuzzed)
        fc.pre(built !== null)
        const { scheduler, calls } = createStagedScheduler()
        const reported: unknown[] = []
        const handler = createFetchHandler(scheduler, {
          view: 'admin',
          control: true,
          authorize: () => ({ allow: true, principal: { name: 'fuzz' } }),
          onError: (error) => void reported.push(error),
        })
        const { status } = await handler(built)
        expect({ status, reported }).toEqual({ status, reported: [] })
        expect(status).toBeLessThan(500)
        if (status >= 400 || built.method !== 'POST') expect(calls.filter((call) => COMMANDS.test(call))).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })
})

interface Fuzzed {
  readonly path: string
  readonly query: string
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly method: string
}

/** `null` for what no client could send. */
function build({ path, query, headers, body, method }: Fuzzed): Request | null {
  try {
    const hasBody = method !== 'GET' && method !== 'HEAD'
    return new Request(`http://localhost${path}?${query}`, { method, headers, ...(hasBody && { body }) })
  } catch {
    return null
  }
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return '{}'
  }
}
