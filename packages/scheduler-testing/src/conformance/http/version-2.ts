import type { MetricDefinitionsView, MetricExplanationView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { type HttpScene, openScene, routesIn } from './scene.ts'
import { FAILED_RUN_ID, JOB } from './staged-past.ts'

const VIEWS = ['admin', 'market-data'] as const

/** Every answer is held against its schema by the scene; here is what the schemas do not say. */
export function describeVersion2(serve: ServeHttp): void {
  describe('version 2', () => {
    it('tells both audiences the same numbers, out of one snapshot', async () => {
      const { scene } = await open(serve)
      const [admin, marketData] = [await scene.status('admin'), await scene.status('market-data')]
      expect(admin.json).toMatchObject({
        scheduler: { name: 'conformance' },
        windows: { lifetime: { total_runs: 60 } },
      })
      for (const key of ['snapshot_id', 'as_of', 'stale', 'definitions_version', 'snapshot_age_seconds', 'providers'])
        expect(marketData.body[key], key).toEqual(admin.body[key])
      expect(marketData.json).toMatchObject({ windows: { lifetime: { success_rate: 98.33, items_processed: 187 } } })
      expect(admin.json).toMatchObject({ windows: { lifetime: { success_rate: 98.33, items_processed: 187 } } })
    })

    it("shows operations the host's own metrics with their errors, and uptime with its parts", async () => {
      const { scene } = await open(serve)
      expect((await scene.status('admin')).json).toMatchObject({
        scheduler: { uptime_seconds: 3_600, active_seconds: 3_000, paused_seconds: 600, errored_seconds: 0 },
        own_metrics: {
          open_orders: { title: 'open_orders', unit: 'items', value: 3, error: null },
          broken_metric: { title: 'broken_metric', unit: 'items', value: null, error: 'METRIC_THREW' },
        },
      })
      expect((await scene.status('market-data')).text).not.toContain('orders')
      expect((await scene.status('admin', '?explain=open_orders')).json).toMatchObject({
        explain: { id: 'open_orders' },
      })
    })

    it('tags its answers apart from those of version 1, and answers 304 to the tag', async () => {
      const { scene } = await open(serve)
      for (const view of VIEWS) {
        const { headers } = await scene.status(view)
        expect(headers.etag).toBe(`"1758-1.${view}.v2"`)
        const known = { headers: { 'if-none-match': headers.etag ?? '' } }
        expect(await scene.as('ada', view, '/status', known)).toMatchObject({ status: 304, text: '' })
        const ofV1 = { headers: { 'if-none-match': `"1758-1.${view}.v1"` } }
        expect((await scene.as('ada', view, '/status', ofV1)).status).toBe(200)
      }
    })

    it('says in the body that it is stale, and how old it is', async () => {
      const { scene } = await open(serve)
      scene.staged.goStale(90_500)
      for (const view of VIEWS) {
        const { json, headers } = await scene.status(view)
        expect(json).toMatchObject({ snapshot_id: '1758-1', stale: true, snapshot_age_seconds: 90 })
        expect(headers.etag).toBe(`"1758-1.${view}.v2.stale-90"`)
      }
    })

    it('has events that begin with what its status says', async () => {
      const { scene } = await open(serve)
      for (const view of VIEWS) {
        const { json } = await scene.as('ada', view, '/events')
        const changed = view === 'admin' ? { jobs: 'many' } : { feeds: 'many' }
        expect(json).toEqual({ status: (await scene.status(view)).json, changed })
      }
    })

    it('is the same as version 1 on every other route', async () => {
      const { scene } = await open(serve)
      const before = await openScene(serve)
      for (const view of VIEWS)
        for (const path of otherReads(view)) {
          const [one, two] = [await before.as('ada', view, path), await scene.as('ada', view, path)]
          expect([path, two.status, two.json]).toEqual([path, 200, one.json])
        }
    })
  })

  describe('?explain', () => {
    it.each(VIEWS)('shows the %s view how a number came about, beside the whole status', async (view) => {
      const { scene } = await open(serve)
      const { body: status } = await scene.status(view)
      const { explain, ...rest } = (await scene.status(view, '?explain=success_rate')).body
      expect(rest).toEqual(status)
      const { formula, values } = explain as MetricExplanationView
      expect(formula).toBe('100 × succeeded / (succeeded + failed + timed_out + orphaned + interrupted)')
      expect(values[0]).toMatchObject({ of: 'all', window: 'lifetime', value: 98.33, counts: { succeeded: 59 } })
    })

    it.each([
      ['one that is misspelt', 'admin', 'sucess_rate', 'success_rate'],
      ['one in capitals', 'admin', 'SUCCESS_RATE', 'success_rate'],
      ['one of operations, to whom it is not for', 'market-data', 'pool_size', null],
      ['what an object has anyway', 'admin', 'constructor', null],
      ['nothing', 'admin', '', null],
      ['more than any id has', 'admin', 'x'.repeat(4_000), null],
    ] as const)('answers 400 to %s', async (_what, view, id, suggestion) => {
      const { scene } = await open(serve)
      const answer = await scene.as('ada', view, `/status?explain=${id}`)
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      const expected =
        'query.explain: expected the id of a metric, as /metrics/definitions lists them, or a field that shows one'
      const meant = suggestion === null ? '' : ` Did you mean "${suggestion}"?`
      expect(answer.json).toMatchObject({ detail: `${expected}, got text of ${id.length} characters.${meant}` })
    })
  })

  describe('the definitions', () => {
    it.each(VIEWS)('of the %s view are those of its status, and each of them can be explained', async (view) => {
      const { scene } = await open(serve)
      const { json } = await scene.as('ada', view, '/metrics/definitions')
      const { definitions_version, items } = json as MetricDefinitionsView
      expect((await scene.status(view)).json).toMatchObject({ definitions_version })
      for (const { id, formula, help, audience, sensitivity } of items) {
        expect(audience, id).toContain(view)
        if (view === 'market-data') expect(sensitivity, id).toBe('public')
        const { explain } = (await scene.status(view, `?explain=${id}`)).body
        expect(explain, id).toMatchObject({ id, formula, help })
      }
    })
  })
}

interface VersionedScene extends HttpScene {
  status(view: (typeof VIEWS)[number], query?: string): Promise<StatusAnswer>
}

type StatusAnswer = Awaited<ReturnType<HttpScene['as']>> & { readonly body: Readonly<Record<string, unknown>> }

async function open(serve: ServeHttp): Promise<{ readonly scene: VersionedScene }> {
  const scene = await openScene(serve, { version: 'v2' })
  async function status(view: (typeof VIEWS)[number], query = ''): Promise<StatusAnswer> {
    const answer = await scene.as('ada', view, `/status${query}`)
    expect(answer.status, answer.text).toBe(200)
    return { ...answer, body: answer.json as StatusAnswer['body'] }
  }
  return { scene: { ...scene, status } }
}

/** What is read without more than a path. */
function otherReads(view: (typeof VIEWS)[number]): readonly string[] {
  const paths = routesIn('v2')
    [view].filter(({ method, query }) => method === 'GET' && query === null)
    .map(({ path }) => path)
  return paths
    .filter((path) => path !== '/events' && path !== '/openapi.json')
    .map((path) => path.replace(':job', JOB).replace(':id', FAILED_RUN_ID))
}
