import type { RunView } from '@pm/scheduler-core/contract/v2'
import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, INSTANCE, JOB, T0 } from './staged-past.ts'

const LEDGER_PATHS = ['/runs', `/runs/${FAILED_RUN_ID}`, `/jobs/${JOB}/explain?at=${new Date(T0).toISOString()}`]

export function describeLogUrls(serve: ServeHttp): void {
  describe('URLs of logs', () => {
    it('leads from every run to where the host has its logs', async () => {
      const runLogUrl = ({ id, instance, job, log_url: url }: RunView) => `/logs/${job}?run=${id}&on=${instance}&${url}`
      const scene = await openScene(serve, { admin: { runLogUrl } })
      const url = `/logs/${JOB}?run=${FAILED_RUN_ID}&on=${INSTANCE}&null`
      for (const path of LEDGER_PATHS) {
        const { status, text } = await scene.as('ada', 'admin', path)
        expect(status).toBe(200)
        expect(text).toContain(JSON.stringify(url))
      }
      expect(scene.reported).toEqual([])
    })

    it('answers null where the host says that a run has no logs', async () => {
      const scene = await openScene(serve, { admin: { runLogUrl: () => null } })
      const { json } = await scene.as('ada', 'admin', `/runs/${FAILED_RUN_ID}`)
      expect(json).toMatchObject({ id: FAILED_RUN_ID, log_url: null })
      expect(scene.reported).toEqual([])
    })

    it('answers null, and tells the host once, where its hook throws or answers what is no link', async () => {
      const broken = new Error('the hook is broken')
      const hooks: readonly (() => string)[] = [
        () => {
          throw broken
        },
        () => 'javascript:alert(1)',
      ]
      for (const runLogUrl of hooks) {
        const scene = await openScene(serve, { admin: { runLogUrl } })
        const { status, json } = await scene.as('ada', 'admin', '/runs')
        expect(status).toBe(200)
        expect(json).toMatchObject({ items: [{ id: FAILED_RUN_ID, log_url: null }, { kind: 'unrun' }] })
        expect(scene.reported).toEqual([{ error: expect.any(Error), route: 'runs' }])
        await scene.as('ada', 'admin', `/runs/${FAILED_RUN_ID}`)
        expect(scene.reported.map(({ route }) => route)).toEqual(['runs', 'run'])
      }
    })
  })
}
