import type { AuthorizationTarget } from '@pm/scheduler-core/http'
import { describe, expect, it } from 'vitest'

import type { ReadHeader, ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { FAILED_RUN_ID, JOB } from './staged-past.ts'

const HISTORY = `metric=total_runs&from=2025-09-16T02:00:00Z&to=2025-09-16T05:00:00Z&step_ms=3600000`
const NEW_JOB = { name: 'report:acme', template: 'report', schedule: null }

export function describeAskedJobs(serve: ServeHttp): void {
  describe('the job that authorize is asked about', () => {
    it.each([
      ['list-runs', `/runs?job=${JOB}`],
      ['read-log', `/log?job=${JOB}`],
      ['read-history', `/history?${HISTORY}&job=${JOB}`],
      ['audit', `/audit?job=${JOB}`],
      ['explain-job', `/jobs/${JOB}/explain?at=2025-09-16T02:00:00Z`],
      ['read-template', `/jobs/${JOB}/template`],
    ])('of %s is the one that is asked for', async (action, path) => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', path)).status).toBe(200)
      expect(scene.asked).toEqual([{ view: 'admin', action, access: 'read', job: JOB }])
    })

    it('is none where the query cannot be read, which is told only to those who are let in', async () => {
      const scene = await openScene(serve)
      for (const query of ['job=%zz', `job=${JOB}&job=other`]) {
        expect((await scene.ask('admin', `/runs?${query}`)).status).toBe(401)
        expect((await scene.as('ada', 'admin', `/runs?${query}`)).status).toBe(400)
      }
      expect(scene.asked.map(({ job }) => job)).toEqual([null, null, null, null])
    })

    it.each([
      ['read-run', 'GET', `/runs/${FAILED_RUN_ID}`],
      ['read-log', 'GET', `/log?run_id=${FAILED_RUN_ID}`],
      ['cancel-run', 'POST', `/runs/${FAILED_RUN_ID}/cancel`],
    ])('of %s is that of the run', async (action, method, path) => {
      const scene = await openScene(serve)
      await scene.as('ada', 'admin', path, { method })
      expect(jobsAsked(scene.asked, action)).toEqual([null, JOB])
    })

    it.each([
      ['pause-jobs', { search: JOB }, [JOB]],
      ['resume-jobs', { search: JOB }, [JOB]],
      ['run-jobs', { search: JOB, dry_run: true }, [JOB]],
      ['create-jobs', { jobs: [NEW_JOB, { ...NEW_JOB, name: 'report:b' }] }, [NEW_JOB.name, 'report:b']],
      ['update-jobs', { jobs: [{ name: JOB, description: 'x' }] }, [JOB]],
      ['remove-jobs', { jobs: [JOB] }, [JOB]],
    ])('of %s is each one that the command is about', async (action, body, jobs) => {
      const scene = await openScene(serve)
      expect((await scene.as('ada', 'admin', `/${action}`, { method: 'POST', body })).status).toBe(200)
      expect(jobsAsked(scene.asked, action)).toEqual([null, ...jobs])
    })

    it('is not told of, nor commanded, where the hook says no to it', async () => {
      const scene = await openScene(serve, { admin: { authorize: noTo(({ job }) => job === JOB) } })
      const post = (path: string, body?: object) => scene.ask('admin', path, { method: 'POST', ...(body && { body }) })
      expect(await scene.ask('admin', `/runs/${FAILED_RUN_ID}`)).toMatchObject({ status: 404 })
      expect(await scene.ask('admin', `/log?run_id=${FAILED_RUN_ID}`)).toMatchObject({ json: { items: [] } })
      expect(await scene.ask('admin', `/runs?job=${JOB}`)).toMatchObject({ status: 403 })
      expect(await post(`/runs/${FAILED_RUN_ID}/cancel`)).toMatchObject({ status: 404 })
      expect(await post('/remove-jobs', { jobs: ['report:b', JOB] })).toMatchObject({ status: 403 })
      await post('/pause-jobs', { search: JOB })
      const commands = scene.staged.calls.filter((call) => !/^(list-|match-jobs)/.test(call))
      expect(commands).toEqual([`pause-job ${JSON.stringify({ search: JOB, jobs: [], by: 'ada' })}`])
    })

    it('may be read and not commanded: 403, since its runs are no secret', async () => {
      const hook = noTo(({ job, access }) => job === JOB && access === 'control')
      const scene = await openScene(serve, { admin: { authorize: hook } })
      const answer = await scene.ask('admin', `/runs/${FAILED_RUN_ID}/cancel`, { method: 'POST' })
      expect(answer).toMatchObject({ status: 403, json: { code: 'FORBIDDEN' } })
    })
  })
}

function jobsAsked(asked: readonly AuthorizationTarget[], action: string): readonly (string | null)[] {
  return asked.filter((target) => target.action === action).map(({ job }) => job)
}

function noTo(isRefused: (target: AuthorizationTarget) => boolean) {
  return (_header: ReadHeader, target: AuthorizationTarget) =>
    isRefused(target)
      ? ({ allow: false, reason: 'forbidden' } as const)
      : ({ allow: true, principal: { name: 'ada' } } as const)
}
