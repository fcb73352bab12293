import type { LedgerEntry } from '@pm/scheduler-core'
import { type NewUnrunRange, randomInstanceId, randomRunId } from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { HOUR, MINUTE, type Scene, SECOND, type Stage, T0 } from '../harness/scene.ts'

export function listingEntries<S>(stage: Stage<S>): void {
  describe('listEntries', () => {
    it('reads the ledger latest first, in pages of any size, each entry once', async () => {
      const scene = await stage.open()
      await fill(scene)
      const all = await scene.entries()
      expect(all.map(nameOf)).toEqual(['sum@5', 'poll@4', 'poll@3', 'poll@2', 'sum@1', 'poll@0'])
      for (const limit of [1, 2, 4, 5, 6, 7]) expect(await scene.entries({ limit })).toEqual(all)
    })

    it('ends with a null cursor, also on a last page that is full', async () => {
      const scene = await stage.open()
      await fill(scene)
      const { items, nextCursor } = await scene.page({ limit: 3 })
      expect(items).toHaveLength(3)
      expect(nextCursor).toEqual(expect.any(String))
      const last = await scene.page({ limit: 3, cursor: nextCursor ?? '' })
      expect(last.items).toHaveLength(3)
      expect(last.nextCursor).toBeNull()
      expect(await scene.page({ states: ['orphaned'] })).toEqual({ items: [], nextCursor: null })
    })

    it('is not disturbed by what happens between two pages', async () => {
      const scene = await stage.open()
      const runs = await fill(scene)
      const before = (await scene.entries()).map(nameOf)
      const seen: string[] = []
      let cursor: string | null = null
      let minute = 6
      do {
        const page = await scene.page({ limit: 2, ...(cursor !== null && { cursor }) })
        seen.push(...page.items.map(nameOf))
        cursor = page.nextCursor
        await scene.claim({ job: 'poll', scheduledFor: T0 + minute++ * MINUTE })
        const open = runs.pop()
        if (open) await scene.settle(open, { state: 'cancelled', settledAt: T0 + HOUR })
      } while (cursor !== null)
      expect(seen).toEqual(before)
    })

    it('tells entries of one instant apart, however many they are', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const manual = () => scene.newRun({ job: 'poll', id: randomRunId(), scheduledFor: null })
      const claims = Array.from({ length: 25 }, manual)
      await scene.record({ job: 'poll', claims })
      const ids = (await scene.entries({ limit: 4 })).map(({ id }) => id)
      expect([...ids].sort()).toEqual(claims.map(({ id }) => id).sort())
    })

    it('filters by job, by state, by id, and by all at once', async () => {
      const scene = await stage.open()
      const [run] = await fill(scene)
      const names = async (query: Parameters<typeof scene.entries>[0]) => (await scene.entries(query)).map(nameOf)
      expect(await names({ job: 'sum' })).toEqual(['sum@5', 'sum@1'])
      expect(await names({ job: 'nobody' })).toEqual([])
      expect(await names({ jobs: ['sum', 'nobody'] })).toEqual(['sum@5', 'sum@1'])
      expect(await names({ jobs: ['poll', 'sum'], limit: 2 })).toEqual(await names({ limit: 2 }))
      expect(await names({ jobs: [] })).toEqual([])
      expect(await names({ jobs: ['poll'], job: 'sum' })).toEqual([])
      expect(await names({ states: ['running'] })).toEqual(['poll@3', 'poll@0'])
      expect(await names({ states: ['missed', 'succeeded'], limit: 1 })).toEqual(['sum@5', 'poll@2', 'sum@1'])
      expect(await names({ states: ['missed', 'succeeded'], job: 'sum' })).toEqual(['sum@5', 'sum@1'])
      if (run) expect((await scene.entries({ id: run.id })).map(({ id }) => id)).toEqual([run.id])
      expect(await names({ id: randomRunId() })).toEqual([])
    })

    it('finds runs by what asked for them, and leaves out what did not run', async () => {
      const scene = await stage.open()
      await fill(scene)
      const manual = { job: 'sum', id: randomRunId(), scheduledFor: null, startedAt: T0 + 6 * MINUTE } as const
      await scene.settle(await scene.claim(manual))
      const backfill = { job: 'poll', id: randomRunId(), trigger: 'backfill', scheduledFor: T0 - HOUR } as const
      await scene.claim(backfill)
      const names = async (query: Parameters<typeof scene.entries>[0]) => (await scene.entries(query)).map(nameOf)
      expect(await names({ triggers: ['manual'] })).toEqual(['sum@manual'])
      expect(await names({ triggers: ['backfill', 'manual'], limit: 1 })).toEqual(['poll@-60', 'sum@manual'])
      expect(await names({ triggers: ['schedule'], limit: 3 })).toEqual(['poll@3', 'poll@2', 'sum@1', 'poll@0'])
      expect(await names({ triggers: ['schedule'], states: ['missed', 'running'] })).toEqual(['poll@3', 'poll@0'])
      expect(await names({ triggers: ['rerun'] })).toEqual([])
      expect(await names({ triggers: [] })).toEqual([])
    })

    it('finds the runs of one instance, under way and settled, in pages that hide nothing', async () => {
      const scene = await stage.open()
      await fill(scene)
      const other = { owner: randomInstanceId() }
      const beat = {
        scheduler: scene.scheduler,
        owner: other.owner,
        leases: [],
        leaseUntil: T0 + HOUR,
        now: T0 + 7 * MINUTE,
      }
      await scene.unit((s) => scene.store.renew(s, beat))
      await scene.settle(await scene.claim({ job: 'poll', scheduledFor: T0 + 6 * MINUTE, ...other }))
      await scene.settle(await scene.claim({ job: 'sum', scheduledFor: T0 + 7 * MINUTE }))
      const lost = await scene.claim({ job: 'sum', scheduledFor: T0 + 8 * MINUTE, ...other })
      const names = async (query: Parameters<typeof scene.entries>[0]) => (await scene.entries(query)).map(nameOf)
      expect(await names({ instance: other.owner })).toEqual(['sum@8', 'poll@6'])
      // Whoever settles it, the run stays that of its owner.
      await scene.settle(lost, { state: 'orphaned', durationMs: null, settledAt: T0 + HOUR })
      expect(await names({ instance: other.owner, limit: 1 })).toEqual(['sum@8', 'poll@6'])
      const own = ['sum@7', 'poll@3', 'poll@2', 'sum@1', 'poll@0']
      for (const limit of [1, 2, 5]) expect(await names({ instance: scene.owner, limit })).toEqual(own)
      const all = { instance: other.owner, job: 'sum', states: ['orphaned'], triggers: ['schedule'] } as const
      expect(await names({ ...all, from: T0, to: T0 + HOUR })).toEqual(['sum@8'])
      expect(await names({ instance: randomInstanceId() })).toEqual([])
    })

    it('finds due times in [from, to), ranges that reach into it, and no manual run', async () => {
      const scene = await stage.open()
      await fill(scene)
      await scene.claim({ job: 'poll', id: randomRunId(), scheduledFor: null, startedAt: T0 + 2 * MINUTE })
      const names = async (from: number, to: number) => {
        return (await scene.entries({ from: T0 + from * MINUTE, to: T0 + to * MINUTE })).map(nameOf)
      }
      expect(await names(1, 3)).toEqual(['poll@2', 'sum@1'])
      expect(await names(0, 1)).toEqual(['poll@0'])
      expect((await scene.entries({ from: T0 + 4 * MINUTE })).map(nameOf)).toEqual(['sum@5', 'poll@4'])
      expect((await scene.entries({ to: T0 })).map(nameOf)).toEqual([])

      const range = {
        ...MISSED,
        id: randomRunId(),
        job: 'sum',
        scheduledFor: T0 + 10 * MINUTE,
        through: T0 + HOUR,
        dueCount: 51,
      }
      await scene.record({ job: 'sum', unrun: [{ ...range, settledAt: T0 + 2 * HOUR }] })
      expect(await names(20, 30)).toEqual(['sum@10'])
      expect(await names(60, 61)).toEqual(['sum@10'])
      expect(await names(61, 90)).toEqual([])
    })
  })
}

/** Six entries, a minute apart: two running, two succeeded, a miss and a skip. */
async function fill<S>(scene: Scene<S>) {
  await scene.register(['poll', 'sum'])
  const open = []
  const due = (minute: number) => ({ scheduledFor: T0 + minute * MINUTE })
  open.push(await scene.claim({ job: 'poll', ...due(0) }))
  await scene.settle(await scene.claim({ job: 'sum', ...due(1) }))
  await scene.settle(await scene.claim({ job: 'poll', ...due(2) }))
  open.push(await scene.claim({ job: 'poll', ...due(3) }))
  const range = (job: string, minute: number): NewUnrunRange => {
    const at = T0 + minute * MINUTE
    return { ...MISSED, id: randomRunId(), job, scheduledFor: at, through: at, settledAt: at + SECOND }
  }
  await scene.record({ job: 'poll', unrun: [{ ...range('poll', 4), state: 'skipped', reason: 'overlap' }] })
  await scene.record({ job: 'sum', unrun: [range('sum', 5)] })
  return open
}

const MISSED = { state: 'missed', reason: null, dueCount: 1 } as const

function nameOf({ job, scheduledFor }: LedgerEntry): string {
  return `${job}@${scheduledFor === null ? 'manual' : (scheduledFor - T0) / MINUTE}`
}
