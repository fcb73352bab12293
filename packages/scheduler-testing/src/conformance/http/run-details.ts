import { describe, expect, it } from 'vitest'

import type { ReadHeader, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, JOB, QUEUED_RUN, STACK, T0 } from './staged-past.ts'

const PATH = `/runs/${FAILED_RUN_ID}`

/** What `GET /runs/:id` tells beside the row of the run. */
export function describeRunDetails(serve: ServeHttp): void {
  describe('details of a run', () => {
    it('are who asked for it and why, and where its error was thrown', async () => {
      const scene = await openScene(serve)
      const { json } = await scene.as('ada', 'admin', PATH)
      expect(json).toMatchObject({
        id: FAILED_RUN_ID,
        instance: expect.any(String),
        commands: [{ kind: 'cancel-run', by: 'bob', why: 'too slow', at: new Date(T0 + 1_000).toISOString() }],
        past_attempts: [{ attempt: 1, outcome: 'failed', error: { code: 'ETIMEDOUT' } }],
        error: { code: 'ECONNREFUSED', causes: [], sql_state: null, http_status: null },
        error_stack: STACK,
      })
      expect(scene.asked.map(({ action, access, job }) => [action, access, job])).toEqual([
        ['read-run', 'read', null],
        ['read-run', 'read', JOB],
        ['read-stack', 'control', JOB],
      ])
    })

    it('of a queued run say since when it waits for a worker, and that it has not begun', async () => {
      const scene = await openScene(serve)
      const queued = {
        state: 'queued',
        queued_at: '2025-09-16T02:15:00.010Z',
        started_at: null,
        attempt: 0,
        waiting_for: 'worker',
        queue_wait_ms: null,
        lateness_ms: null,
        duration_ms: null,
        settled_at: null,
      }
      const list = await scene.as('ada', 'admin', '/runs?state=queued')
      expect(list.json).toMatchObject({ items: [{ id: QUEUED_RUN.id, ...queued }] })
      const path = `/runs/${QUEUED_RUN.id}`
      expect(await scene.as('ada', 'admin', path)).toMatchObject({ status: 200, json: queued })
      const cancelled = await scene.as('ada', 'admin', `${path}/cancel`, { method: 'POST', body: { why: 'too late' } })
      expect(cancelled.status).toBe(202)
      expect(scene.staged.calls.some((call) => call.startsWith('cancel-run') && call.includes(QUEUED_RUN.id))).toBe(
        true,
      )
    })

    it('are without the stack for a caller who may not control the job, and for no list', async () => {
      const authorize = (_header: ReadHeader, { access }: { readonly access: string }) =>
        access === 'read'
          ? ({ allow: true, principal: { name: 'vic' } } as const)
          : ({ allow: false, reason: 'forbidden' } as const)
      const reader = await openScene(serve, { admin: { authorize } })
      expect(await reader.ask('admin', PATH)).toMatchObject({ status: 200, json: { error_stack: null } })
      const operator = await openScene(serve)
      for (const path of ['/runs', `/jobs/${JOB}/explain?at=${new Date(T0).toISOString()}`])
        expect((await operator.as('ada', 'admin', path)).text).not.toContain('poll.ts')
    })
  })
}
