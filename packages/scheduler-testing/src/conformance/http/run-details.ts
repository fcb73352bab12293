import { describe, expect, it } from 'vitest'

import type { ReadHeader, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, JOB, STACK, T0 } from './staged-past.ts'

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
