import { type DefineInput, randomInstanceId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, SECOND, type Stage, T0 } from '../harness/scene.ts'

const LEASE = 15 * SECOND
const [v1, v2] = [held('v1'), held('v2')]

/** Which instance has which jobs, and which definition of each is in effect. */
export function defining<S>(stage: Stage<S>): void {
  describe('define', () => {
    it('keeps the definitions of a job with their spans, and a version that grows with every change', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const { owner: a } = scene
      const first = await define(scene, { now: T0, enters: entering(a, [v1]), begun: [begins(v1, T0)] })
      const second = await define(scene, {
        now: T0 + HOUR,
        ended: [{ job: 'poll', at: T0 + HOUR }],
        begun: [begins(v2, T0 + HOUR)],
      })
      expect([first.definitions, second.definitions]).toEqual([1, 2])
      expect((await scene.control())?.definitions).toBe(2)
      const old = { ...v1, since: T0, until: T0 + HOUR, definition: { as: 'v1' } }
      const present = { ...v2, since: T0 + HOUR, until: null, definition: { as: 'v2' } }
      expect(await read(scene, {})).toEqual([present])
      expect(await read(scene, { endedFrom: T0 + HOUR })).toEqual([old, present])
      expect(await read(scene, { endedFrom: T0 + HOUR + 1 })).toEqual([present])
      expect(await read(scene, { changedAfter: 1 })).toEqual([old, present])
      expect(await read(scene, { changedAfter: 2 })).toEqual([])
      expect(await read(scene, { job: 'other', endedFrom: T0 })).toEqual([])
      // Entering again changes no definition.
      expect((await define(scene, { now: T0 + HOUR, enters: entering(a, [v2]) })).definitions).toBe(2)
    })

    it('tells of a job without a definition in effect since when it has none, and what it was', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const { owner: a } = scene
      await define(scene, { now: T0, enters: entering(a, [v1]), begun: [begins(v1, T0)] })
      await define(scene, { now: T0 + 1, ended: [{ job: 'poll', at: T0 + 1 }] })
      expect((await scene.measures(T0 + HOUR)).jobs).toMatchObject([{ job: 'poll', retiredAt: T0 + 1 }])
      expect(await standings(scene, a, [v2])).toEqual([
        {
          job: 'poll',
          present: null,
          endedAt: T0 + 1,
          last: { as: 'v1' },
          isKeyKnown: false,
          isHeld: false,
          isPresentHeld: false,
          lastHeldAt: null,
          cursor: T0 - 1,
        },
      ])
      expect(await standings(scene, a, [])).toEqual([])
      await define(scene, { now: T0 + 2, begun: [begins(v1, T0 + 2)] })
      expect((await scene.measures(T0 + HOUR)).jobs).toMatchObject([{ retiredAt: null }])
    })

    it('knows which other instances have a job, alive or dead, and whether they have it as it is in effect', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'free'])
      const [a, b] = [scene.owner, randomInstanceId()]
      await define(scene, { now: T0, enters: entering(a, [v1]), begun: [begins(v1, T0)] })
      await define(scene, { now: T0, enters: entering(b, [v2]) })
      const asB = () => standings(scene, b, [v2], T0 + LEASE)
      expect(await asB()).toMatchObject([{ job: 'poll', isHeld: true, isPresentHeld: true, isKeyKnown: false }])
      expect((await asB())[0]?.present).toEqual({ ...v1, since: T0, until: null, definition: { as: 'v1' } })
      // Its own text is not sent to the instance that has it.
      expect((await standings(scene, b, [v1]))[0]?.present?.definition).toBeNull()
      expect(await standings(scene, a, [v1])).toMatchObject([{ isHeld: true, isPresentHeld: false, isKeyKnown: true }])
      const dead = await standings(scene, b, [v2], T0 + LEASE + 1)
      expect(dead).toMatchObject([{ isHeld: false, isPresentHeld: false, lastHeldAt: T0 }])
      await define(scene, { now: T0 + MINUTE, leaves: [{ instance: a, at: T0 + 3 }] })
      expect(await standings(scene, b, [v2])).toMatchObject([{ isHeld: false, lastHeldAt: null }])
      const lives = await scene.unit((s) => scene.store.readInstances(s, { scheduler: scene.scheduler }))
      expect(lives.find(({ instance }) => instance === a)).toEqual({
        instance: a,
        role: 'scheduler',
        firstSeenAt: T0,
        lastSeenAt: T0,
        leaseMs: LEASE,
        leftAt: T0 + 3,
        timeZoneData: '2026a',
        host: 'web-1',
        pid: 7,
        version: 'r1',
      })
    })

    it('tells the jobs of which an instance that is there has newer time zone data', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'free'])
      const [a, b, c] = [scene.owner, randomInstanceId(), randomInstanceId()]
      const free = { ...v1, job: 'free' }
      await define(scene, { now: T0, enters: entering(a, [v1, free], '2026b') })
      await define(scene, { now: T0, enters: entering(b, [v1], null) })
      await define(scene, { now: T0, enters: entering(c, [v1], '2026c') })
      const outdated = (timeZoneData: string | null) =>
        scene.unit((s) => scene.store.readOutdated(s, { scheduler: scene.scheduler, timeZoneData }))
      const lives = await scene.unit((s) => scene.store.readInstances(s, { scheduler: scene.scheduler }))
      expect(lives.find(({ instance }) => instance === c)?.timeZoneData).toBe('2026c')
      const measured = (await scene.measures(T0)).instances.map((each) => each.timeZoneData)
      expect(new Set(measured)).toEqual(new Set(['2026b', null, '2026c']))
      expect(await outdated(null)).toEqual(['free', 'poll'])
      expect(await outdated('2026a')).toEqual(['free', 'poll'])
      expect(await outdated('2026b')).toEqual(['poll'])
      expect(await outdated('2026c')).toEqual([])
      await define(scene, { now: T0, leaves: [{ instance: c, at: T0 }] })
      expect(await outdated('2026b')).toEqual([])
      // After an update the same process counts with its new data.
      await define(scene, { now: T0, enters: entering(a, [v1], '2026d') })
      expect(await outdated('2026c')).toEqual(['poll'])
    })

    it('gives the definitions a new version for a call of note that changes none of them', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const enters = entering(scene.owner, [v1])
      expect((await define(scene, { now: T0, enters })).definitions).toBe(0)
      expect((await define(scene, { now: T0, enters, isNotable: true })).definitions).toBe(1)
      expect((await scene.control())?.definitions).toBe(1)
    })

    it('is undone with its unit of work', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const { owner: a, scheduler } = scene
      const undone = scene.unit(async (s) => {
        const input = { ...NOTHING, scheduler, now: T0, enters: entering(a, [v1]), begun: [begins(v1, T0)] }
        await scene.store.define(s, input)
        throw new Error('no')
      })
      await expect(undone).rejects.toThrow('no')
      expect(await read(scene, {})).toEqual([])
      expect((await scene.control())?.definitions).toBe(0)
      expect(await scene.unit((s) => scene.store.readInstances(s, { scheduler }))).toEqual([])
    })

    it('keeps the last definition of a job when the older ones are pruned', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      await define(scene, { now: T0, begun: [begins(v1, T0)] })
      await define(scene, { now: T0 + 1, ended: [{ job: 'poll', at: T0 + 1 }], begun: [begins(v2, T0 + 1)] })
      await define(scene, { now: T0 + 2, ended: [{ job: 'poll', at: T0 + 2 }] })
      const { scheduler } = scene
      const now = T0 + 24 * HOUR
      const before = T0 + HOUR
      const keep = { keepBucketsAfter: before, keepReceiptsAfter: before }
      await scene.unit((s) => scene.store.prune(s, { scheduler, now, before, limit: 10, ...keep }))
      expect(await read(scene, { endedFrom: 0 })).toMatchObject([{ key: 'v2', until: T0 + 2 }])
    })
  })
}

const NOTHING = { enters: null, leaves: [], ended: [], begun: [] } as const

function held(version: string) {
  return { job: 'poll', key: version, digest: `digest of ${version}` }
}

function begins(holding: ReturnType<typeof held>, since: number) {
  return { ...holding, since, definition: { as: holding.key } }
}

function entering(
  instance: ReturnType<typeof randomInstanceId>,
  holds: readonly ReturnType<typeof held>[],
  timeZoneData: string | null = '2026a',
) {
  return {
    instance,
    role: 'scheduler' as const,
    leaseMs: LEASE,
    timeZoneData,
    host: 'web-1',
    pid: 7,
    version: 'r1',
    holds,
  }
}

function define<S>(scene: Scene<S>, input: Partial<DefineInput> & Pick<DefineInput, 'now'>) {
  return scene.unit((s) => scene.store.define(s, { ...NOTHING, scheduler: scene.scheduler, ...input }))
}

function read<S>(scene: Scene<S>, which: { changedAfter?: number; endedFrom?: number; job?: string }) {
  const input = { scheduler: scene.scheduler, ...which }
  return scene.unit((s) => scene.store.readDefinitions(s, input), { readOnly: true })
}

function standings<S>(
  scene: Scene<S>,
  instance: ReturnType<typeof randomInstanceId>,
  holds: readonly ReturnType<typeof held>[],
  now = T0 + 1,
) {
  const { scheduler, store } = scene
  return scene.unit((s) => store.readStandings(s, { scheduler, instance, now, holds }))
}
