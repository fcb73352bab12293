import { describe, expect, it } from 'vitest'

import { walkRoutes } from '../../walk/walk-routes.ts'
import type { ReadHeader, ServeHttp } from './adapter.ts'
import { send } from './client.ts'
import { HOOK_ANSWERS } from './hook-answers.ts'
import { ROUTES } from './scene.ts'
import { FORMER_NAME, OWN_JOBS, openWalkScene, UNSEEN } from './walk-scene.ts'

/**
 * Walks every route of an adapter by every method and in every spelling, as those who may not: authorization, commands of
 * readers and of other sites, and what those are told who may see some jobs only. Nothing is admitted, and nothing has
 * changed afterwards.
 */
export function describeHttpWalk(name: string, serve: ServeHttp): void {
  describe(`the walk over every route: ${name}`, () => {
    it.each(['v1', 'v2'] as const)('admits nothing of a scheduler served as %s', async (version) => {
      const scene = await openWalkScene(serve, { version })
      const before = await scene.stand()
      const { sent, admitted } = await walkRoutes(scene.walk)
      expect(admitted).toEqual([])
      expect(Object.values(sent).every((requests) => requests > 100)).toBe(true)
      expect(await scene.stand()).toEqual(before)
    })

    it('admits nothing where the jobs are told by a test of their names', async () => {
      const scene = await openWalkScene(serve)
      const { scoped } = scene.walk
      if (!scoped) throw new Error('The scene has somebody who is told of some jobs.')
      const pia = { ...scoped, credentials: { authorization: 'Bearer pia' } }
      const { refused: _, reader: __, operator: ___, ...rest } = scene.walk
      const { admitted } = await walkRoutes({ ...rest, refused: {}, scoped: pia })
      expect(admitted).toEqual([])
    })

    it.each(['pia', 'olga'])('admits nothing by the name that a job of others had, which %s may', async (name) => {
      const scene = await openWalkScene(serve)
      const { scoped, refused: _, reader: __, operator: ___, ...rest } = scene.walk
      if (!scoped) throw new Error('The scene has somebody who is told of some jobs.')
      const credentials = { authorization: `Bearer ${name}` }
      const { admitted } = await walkRoutes({
        ...rest,
        refused: {},
        scoped: { ...scoped, credentials, otherJob: FORMER_NAME },
      })
      expect(admitted).toEqual([])
    })

    it('asks about a job by its present name too, whatever its caller says', async () => {
      const { server } = await openWalkScene(serve)
      const range = 'from=2025-09-16T00:00:00Z&to=2025-09-16T06:00:00Z'
      const answers = [
        '/runs?',
        '/log?',
        `/audit?${range}&`,
        `/history?metric=total_runs&${range}&step_ms=3600000&`,
      ].map((path) =>
        send(`${server.adminUrl}${path}job=${FORMER_NAME}`, { headers: { authorization: 'Bearer nora' } }),
      )
      answers.push(send(`${server.adminUrl}/jobs/${FORMER_NAME}`, { headers: { authorization: 'Bearer nora' } }))
      for (const { status, text } of await Promise.all(answers)) {
        expect(status).toBe(403)
        expect(text).not.toContain(UNSEEN)
      }
    })

    it.each(HOOK_ANSWERS)('admits nothing when the hook %s', async (_what, hook) => {
      const scene = await openWalkScene(serve, { authorize: hook as () => never })
      const before = await scene.stand()
      const { send: ask, job, runId } = scene.walk
      for (const view of ['admin', 'market-data'] as const)
        for (const { method, path } of ROUTES[view]) {
          const concrete = path.replace(':job', job).replace(':id', runId)
          const headers = { authorization: 'Bearer ada' }
          const { status } = await ask({ view, method, path: concrete, headers, body: null })
          expect({ method, path, status }).toEqual({ method, path, status: 403 })
        }
      expect(await scene.stand()).toEqual(before)
    })

    it('finds what is admitted: a hook that lets everybody read, and one that tells all of the jobs', async () => {
      const open = await openWalkScene(serve, {
        authorize: (_header: ReadHeader) => ({ allow: true, principal: { name: 'ada' } }),
      })
      const { admitted } = await walkRoutes({ ...open.walk, views: { 'market-data': { version: 'v2' } } })
      expect(new Set(admitted.map(({ story }) => story))).toEqual(new Set(['authorization']))
      const { refused: _, reader: __, operator: ___, ...rest } = open.walk
      const views = { admin: { control: false, version: 'v2' } } as const
      const told = await walkRoutes({ ...rest, refused: {}, views })
      const paths = told.admitted.map(({ request }) => request)
      expect(paths).toEqual(expect.arrayContaining(['GET [admin]/jobs', 'GET [admin]/runs', 'GET [admin]/log']))
    })

    it('explains the numbers of the data to whoever may see all, and names no job', async () => {
      const { server, scheduler } = await openWalkScene(serve)
      const read = async (path: string) =>
        (await send(`${server.marketDataUrl}${path}`, { headers: { authorization: 'Bearer ada' } })).text
      const { items }: { readonly items: readonly { readonly id: string }[] } = JSON.parse(
        await read('/metrics/definitions'),
      )
      expect(items.length).toBeGreaterThan(10)
      for (const { id } of items)
        for (const path of ['/status', '/freshness']) {
          const answer = await read(`${path}?explain=${id}`)
          expect(scheduler.jobNames.filter((job) => answer.includes(job))).toEqual([])
        }
    })

    it('answers a command with the job that it is about, and no other', async () => {
      const { server } = await openWalkScene(serve)
      const command = async (path: string) => {
        const headers = { authorization: 'Bearer ada' }
        const { text } = await send(`${server.adminUrl}${path}`, { method: 'POST', headers, body: {} })
        return JSON.parse(text).control
      }
      const paused = await command('/jobs/desk.alpha/pause')
      const pause = expect.objectContaining({ by: 'ada' })
      expect(paused.jobs).toEqual({ 'desk.alpha': { paused: pause, config: { priority: 2 } } })
      expect((await command('/jobs/desk.alpha/resume')).jobs).toMatchObject({ 'desk.alpha': { paused: null } })
      const all = await command('/pause')
      expect(all).toMatchObject({ desired: 'paused', by: 'ada' })
      expect(Object.keys(all)).not.toContain('jobs')
    })

    it('repeats the answer to many jobs only to whoever may still command all of them', async () => {
      let jobs: readonly string[] = OWN_JOBS
      const authorize = () => ({ allow: true, principal: { name: 'sam' }, jobs }) as const
      const { server } = await openWalkScene(serve, { authorize })
      const headers = { 'idempotency-key': 'many' }
      const command = () => send(`${server.adminUrl}/pause-jobs`, { method: 'POST', headers, body: { search: 'desk' } })
      const first = await command()
      expect(JSON.parse(first.text)).toMatchObject({ count: 2 })
      expect(await command()).toMatchObject({ status: 200, text: first.text })
      jobs = [OWN_JOBS[0]]
      const narrowed = await command()
      expect(narrowed.status).toBe(403)
      expect(narrowed.text).not.toContain(OWN_JOBS[1])
    })

    it('counts the jobs of whoever is told of some, and adds up those alone', async () => {
      const { server, scheduler } = await openWalkScene(serve)
      const read = async (path: string) => {
        const { text, status } = await send(`${server.adminUrl}${path}`, { headers: { authorization: 'Bearer sam' } })
        expect({ path, status }).toEqual({ path, status: 200 })
        return JSON.parse(text)
      }
      const jobs = await read('/jobs')
      expect(jobs.items.map((job: { readonly name: string }) => job.name)).toEqual(OWN_JOBS)
      expect(jobs.counts).toMatchObject({ total: 2, paused: 1 })
      const runs = await read('/runs')
      expect(runs.items.map((run: { readonly job: string }) => run.job)).toEqual(['desk.alpha'])
      const range = 'from=2025-09-16T00:00:00Z&to=2025-09-16T06:00:00Z&step_ms=21600000'
      expect(await read(`/history?metric=total_runs&${range}`)).toMatchObject({ points: [{ value: 1 }] })
      const all = (await scheduler.snapshot()).snapshot
      expect(all.totals.lifetime.failed).toBe(2)
      expect(JSON.stringify(await read('/status'))).not.toContain(UNSEEN)
      expect((await read('/audit')).items).toHaveLength(2)
      const log: { readonly items: readonly { readonly job: string }[] } = await read('/log')
      expect(new Set(log.items.map(({ job }) => job))).toEqual(new Set(OWN_JOBS))
      expect((await read('/templates')).items).toMatchObject([{ name: 'report', jobs: 0 }])
      expect(Object.keys((await read('/config')).jobs)).toEqual(['desk.alpha'])
    })
  })
}
