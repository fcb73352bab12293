import { type InstanceId, type InstanceLoad, type InstanceRole, randomInstanceId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { queue, takeOver } from '../harness/queued.ts'
import { MINUTE, type Scene, SECOND, type Stage, T0 } from '../harness/scene.ts'

export function measuringLoads<S>(stage: Stage<S>): void {
  describe('instances', () => {
    it('have the role with which they entered, and what they told last of their load', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const [worker, scheduler] = [scene.owner, randomInstanceId()]
      await enter(scene, { instance: worker, role: 'worker', jobs: ['poll'] })
      await enter(scene, { instance: scheduler, role: 'scheduler', jobs: ['poll'] })
      const nothing = { concurrency: null, droppedMessages: 0, leftMessages: 0 }
      expect(await instances(scene)).toMatchObject({
        [worker]: { role: 'worker', ...nothing },
        [scheduler]: { role: 'scheduler', ...nothing },
      })
      const load = { concurrency: 50, droppedMessages: 3, leftMessages: 7 }
      await renew(scene, { owner: worker, load })
      await renew(scene, { owner: scheduler, load: { ...nothing, concurrency: 0 } })
      await renew(scene, { owner: worker })
      expect(await instances(scene)).toMatchObject({
        [worker]: { role: 'worker', ...load },
        [scheduler]: { role: 'scheduler', concurrency: 0 },
      })
      await renew(scene, { owner: worker, load: { ...load, concurrency: null, droppedMessages: 4 } })
      expect(await instances(scene)).toMatchObject({
        [worker]: { role: 'worker', ...load, concurrency: null, droppedMessages: 4 },
      })
      const lives = await scene.unit((s) => scene.store.readInstances(s, { scheduler: scene.scheduler }))
      expect(lives.find(({ instance }) => instance === worker)).toMatchObject({ role: 'worker' })
    })

    it('have the runs that they execute, and no queued ones', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const [claimer, worker] = [scene.owner, randomInstanceId()]
      for (const owner of [claimer, worker]) await renew(scene, { owner })
      const queued = await queue(scene, { job: 'poll' })
      expect(await instances(scene)).toMatchObject({ [claimer]: { running: 0 }, [worker]: { running: 0 } })
      await takeOver(scene, { ids: [queued.id], owner: worker })
      expect(await instances(scene)).toMatchObject({ [claimer]: { running: 0 }, [worker]: { running: 1 } })
    })

    it('count as workers of their jobs while they have the role and live', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'report'])
      const [a, b] = [randomInstanceId(), randomInstanceId()]
      const workers = async (asOf = T0) => {
        return Object.fromEntries((await scene.measures(asOf)).jobs.map(({ job, workers: live }) => [job, live]))
      }
      await enter(scene, { instance: scene.owner, role: 'scheduler', jobs: ['poll', 'report'] })
      expect(await workers()).toEqual({ poll: 0, report: 0 })
      await enter(scene, { instance: a, role: 'worker', jobs: ['poll', 'report'] })
      await enter(scene, { instance: b, role: 'worker', jobs: ['poll'] })
      expect(await workers()).toEqual({ poll: 2, report: 1 })
      expect(await workers(T0 + LEASE_MS)).toEqual({ poll: 2, report: 1 })
      expect(await workers(T0 + LEASE_MS + 1)).toEqual({ poll: 0, report: 0 })
      await renew(scene, { owner: a, now: T0 + LEASE_MS })
      expect(await workers(T0 + LEASE_MS + 1)).toEqual({ poll: 1, report: 1 })
      await scene.unit((s) =>
        scene.store.define(s, {
          ...NOTHING_DEFINED,
          scheduler: scene.scheduler,
          now: T0,
          leaves: [{ instance: a, at: T0 }],
        }),
      )
      expect(await workers()).toEqual({ poll: 1, report: 0 })
      // A rolling deploy: it comes back without one of its jobs, and with another.
      await enter(scene, { instance: b, role: 'worker', jobs: ['report'] })
      expect(await workers()).toEqual({ poll: 0, report: 1 })
    })
  })
}

const LEASE_MS = 15 * SECOND
const NOTHING_DEFINED = { enters: null, leaves: [], ended: [], begun: [] }

interface Entry {
  readonly instance: InstanceId
  readonly role: InstanceRole
  readonly jobs: readonly string[]
}

function enter<S>(scene: Scene<S>, { instance, role, jobs }: Entry) {
  const holds = jobs.map((job) => ({ job, key: 'v1', digest: 'digest' }))
  const known = { leaseMs: LEASE_MS, timeZoneData: null, host: 'web-1', pid: 7, version: 'r1' }
  const enters = { instance, role, ...known, holds }
  return scene.unit((s) => scene.store.define(s, { ...NOTHING_DEFINED, scheduler: scene.scheduler, now: T0, enters }))
}

interface Renewal {
  readonly owner: InstanceId
  readonly now?: number
  readonly load?: InstanceLoad
}

function renew<S>(scene: Scene<S>, { now = T0, ...by }: Renewal) {
  const { scheduler, store } = scene
  return scene.unit((s) => store.renew(s, { scheduler, ...by, leases: [], leaseUntil: now + LEASE_MS, now }))
}

async function instances<S>(scene: Scene<S>) {
  const measured = (await scene.measures(T0 + MINUTE)).instances
  return Object.fromEntries(measured.map((each) => [each.instance, each]))
}
