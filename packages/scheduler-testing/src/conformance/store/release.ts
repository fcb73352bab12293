import {
  type ClaimedRun,
  EMPTY_CALL_TALLY,
  type NewRun,
  type RunRelease,
  randomInstanceId,
} from '@pm/scheduler-core/store'
import { describe, expect, it } from 'vitest'

import { MINUTE, type Scene, SECOND, type Stage, settlementOf, T0 } from '../harness/scene.ts'

export function releasing<S>(stage: Stage<S>): void {
  describe('release', () => {
    it('leaves a run open without an owner, with what its owner knew of it', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      expect(await release(scene, [{ ...leaving(run), attempt: 2 }])).toEqual(['released'])
      expect(await scene.run(run.id)).toMatchObject({ ...LEFT, owner: scene.owner, attempt: 2, fence: run.fence })
      const { jobs } = await scene.lock('poll')
      expect(jobs).toMatchObject([{ running: [{ id: run.id, releasedAt: NOW }] }])
    })

    it('repeats without effect, and refuses an older fence and a settled run', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const [run, over] = [await scene.claim({ job: 'poll' }), await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })]
      await scene.settle(over)
      expect(await release(scene, [{ ...leaving(run), fence: run.fence - 1 }, leaving(over)])).toEqual([
        'fenced',
        'fenced',
      ])
      expect(await scene.run(run.id)).toMatchObject({ releasedAt: null, error: null })
      await release(scene, [leaving(run)])
      const before = await scene.run(run.id)
      const again = { ...leaving(run), attempt: 9, pastAttempts: [{ ...PAST, instance: scene.owner }] }
      expect(await release(scene, [again], NOW + 1)).toEqual(['released'])
      expect(await scene.run(run.id)).toEqual(before)
    })

    it('takes the run and its lease from the last owner, and keeps it from the sweep', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      await release(scene, [leaving(run)])
      const lease = { ...leaving(run), attempt: 3 }
      const { scheduler, owner } = scene
      const renewal = { scheduler, owner, leases: [lease], leaseUntil: NOW + MINUTE, now: NOW }
      expect(await scene.unit((s) => scene.store.renew(s, renewal))).toMatchObject({ leases: [{ outcome: 'lost' }] })
      const later = { scheduler, jobs: ['poll'], now: NOW + MINUTE, limit: 10 }
      expect(await scene.unit((s) => scene.store.lockExpired(s, later))).toEqual([])
      const measures = await scene.measures(NOW + MINUTE)
      expect(measures).toMatchObject({ jobs: [{ running: 1 }], instances: [{ instance: owner, running: 0 }] })
    })
  })

  describe('lockReleased', () => {
    it('answers what may start and has waited long enough, the one released first first, and when the next has', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'paused', 'foreign'])
      const soon = await scene.claim({ job: 'poll' })
      const first = await scene.claim({ job: 'poll', scheduledFor: T0 + 1 })
      const later = await scene.claim({ job: 'poll', scheduledFor: T0 + 2 })
      const held = await scene.claim({ job: 'paused' })
      const alien = await scene.claim({ job: 'foreign' })
      const running = await scene.claim({ job: 'poll', scheduledFor: T0 + 3 })
      await release(scene, [{ ...leaving(first), nextAttemptAt: null }], NOW - 1)
      await release(scene, [{ ...leaving(soon), nextAttemptAt: NOW + SECOND }, leaving(held), leaving(alien)])
      await release(scene, [{ ...leaving(later), nextAttemptAt: NOW + MINUTE }])
      expect((await scene.run(running.id)).releasedAt).toBeNull()

      expect(await find(scene, { now: NOW })).toEqual({ ids: [first.id], nextAt: NOW + SECOND })
      expect(await find(scene, { now: NOW + SECOND })).toEqual({ ids: [first.id, soon.id], nextAt: NOW + MINUTE })
      expect(await find(scene, { now: NOW + MINUTE })).toEqual({ ids: [first.id, soon.id, later.id], nextAt: null })
      expect(await find(scene, { now: NOW + MINUTE, limit: 2 })).toEqual({
        ids: [first.id, soon.id],
        nextAt: NOW + MINUTE,
      })
    })

    it('answers what shall be cancelled at once, of any job', async () => {
      const scene = await stage.open()
      await scene.register(['poll', 'paused', 'foreign'])
      const runs: ClaimedRun[] = []
      for (const job of ['poll', 'paused', 'foreign']) runs.push(await scene.claim({ job }))
      await release(
        scene,
        runs.map((run) => ({ ...leaving(run), nextAttemptAt: NOW + MINUTE })),
      )
      await scene.record(...runs.map(({ id, job }) => ({ job, cancel: [id] })))
      expect(await find(scene, { now: NOW })).toMatchObject({ ids: runs.map(({ id }) => id) })
    })

    it('counts a wait as over that a clock told which was ahead', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      await release(scene, [{ ...leaving(run), nextAttemptAt: NOW + 60 * MINUTE }])
      expect(await find(scene, { now: NOW - AHEAD })).toEqual({ ids: [], nextAt: NOW + 60 * MINUTE })
      expect(await find(scene, { now: NOW - AHEAD - 1 })).toMatchObject({ ids: [run.id] })
    })
  })

  describe('takeUp', () => {
    it('gives a released run its next owner and fence, and keeps its calls and its last error', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const run = await scene.claim({ job: 'poll' })
      await release(scene, [leaving(run)])
      const owner = randomInstanceId()
      const [taken, ...rest] = await takeUp(scene, { ...run, owner, attempt: 2 })
      if (!taken) throw new Error('Nothing was taken up.')
      expect(rest).toEqual([])
      const expected = {
        owner,
        fence: run.fence + 1,
        attempt: 2,
        releasedAt: null,
        nextAttemptAt: null,
        progress: null,
      }
      const { calls, error, spentMs } = LEFT
      expect(taken).toMatchObject({ ...expected, calls, error, spentMs, id: run.id, state: 'running' })
      expect(await scene.run(run.id)).toEqual(taken)

      expect(await takeUp(scene, { ...taken, owner: scene.owner })).toEqual([])
      expect(await scene.settle(run, { error: null })).toBe('fenced')
      expect(await release(scene, [leaving(run)])).toEqual(['fenced'])
      expect(await scene.settleAll([settlementOf(taken, { settledAt: NOW, calls: LEFT.calls })])).toEqual(['settled'])
      expect(await scene.run(run.id)).toMatchObject({ state: 'succeeded', releasedAt: null, spentMs: 0, error: null })
      expect((await scene.measures(NOW)).jobs[0]?.lifetime).toMatchObject({ succeeded: 1, attempts: 2, due_started: 1 })
    })

    it('begins a rerun that was recorded without an owner, and counts its attempts from those before it', async () => {
      const scene = await stage.open()
      await scene.register(['poll'])
      const open = { trigger: 'rerun', attempt: 3, earlierAttempts: 3, releasedAt: NOW, nextAttemptAt: NOW } as const
      const rerun = await scene.claim({ job: 'poll', ...open })
      expect(await scene.run(rerun.id)).toMatchObject(open)
      const begun = { attempt: 4, startedAt: NOW + 5, latenessMs: 7, leaseUntil: NOW + MINUTE }
      const [taken] = await takeUp(scene, { ...rerun, ...begun })
      expect(taken).toMatchObject({ ...begun, earlierAttempts: 3 })
      if (taken) await scene.settleAll([settlementOf(taken, { settledAt: NOW + MINUTE })])
      expect((await scene.measures(NOW + MINUTE)).jobs[0]?.lifetime).toMatchObject({ attempts: 1, lateness_ms: 7 })
    })
  })
}

const NOW = T0 + MINUTE
const AHEAD = 10 * SECOND

/** What the owner knew of a run that it left. */
const LEFT = {
  nextAttemptAt: NOW + 7,
  releasedAt: NOW,
  leaseUntil: NOW,
  spentMs: 1_234,
  progress: { done: 1, total: 2, at: T0 + 1 },
  error: { code: 'ECONNRESET', name: 'Error', message: 'the connection broke' },
  calls: [{ provider: 'yahoo_finance', tally: { ...EMPTY_CALL_TALLY, calls: 3, rate_limited: 2 } }],
} as const

const PAST = { attempt: 1, startedAt: T0, endedAt: T0 + 1, outcome: 'failed', error: null } as const

function leaving({ id, fence, attempt }: { id: RunRelease['runId']; fence: number; attempt: number }): RunRelease {
  const { nextAttemptAt, spentMs, progress, error, calls } = LEFT
  return { runId: id, fence, attempt, nextAttemptAt, spentMs, progress, error, calls }
}

function release<S>(scene: Scene<S>, releases: readonly RunRelease[], now = NOW) {
  return scene.unit((s) => scene.store.release(s, { scheduler: scene.scheduler, now, releases, waitMs: 0 }))
}

async function find<S>(scene: Scene<S>, { now, limit = 10 }: { readonly now: number; readonly limit?: number }) {
  const input = { scheduler: scene.scheduler, now, aheadFrom: now + AHEAD, startable: ['poll'], limit }
  const { runs, nextAt } = await scene.unit((s) => scene.store.lockReleased(s, input))
  return { ids: runs.map(({ id }) => id), nextAt }
}

function takeUp<S>(scene: Scene<S>, run: NewRun & { readonly fence: number }) {
  const { id, fence, owner, attempt, startedAt, leaseUntil, latenessMs } = run
  const runs = [{ id, fence, owner, attempt, startedAt, leaseUntil, latenessMs }]
  return scene.unit((s) => scene.store.takeUp(s, { scheduler: scene.scheduler, runs }))
}
