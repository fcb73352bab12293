import type { EpochMs } from '@pm/scheduler-core'
import type { ClaimedRun, NewRun, TakeOverInput } from '@pm/scheduler-core/store'

import { MINUTE, type Scene, T0 } from './scene.ts'

/** When a queued run is handed over again, unless it is told otherwise: a minute after it was queued. */
const HAND_OVER_MS = MINUTE

/** A run as a scheduler with an engine claims it: queued at its due time, unless told otherwise. */
export function newQueuedRun<S>(scene: Scene<S>, run: Partial<NewRun> & Pick<NewRun, 'job'>): NewRun {
  const queuedAt = run.queuedAt ?? run.scheduledFor ?? T0
  const waiting = { attempt: 0, latenessMs: null, queuedAt, startedAt: queuedAt, leaseUntil: queuedAt + HAND_OVER_MS }
  return scene.newRun({ ...waiting, ...run })
}

/** Claims one queued run and expects to get it. */
export function queue<S>(scene: Scene<S>, run: Partial<NewRun> & Pick<NewRun, 'job'>): Promise<ClaimedRun> {
  return scene.claim(newQueuedRun(scene, run))
}

/** Takes runs over as the scene's owner at this instant, for a worker that has the job `poll`, unless told otherwise. */
export function takeOver<S>(scene: Scene<S>, input: Partial<TakeOverInput> & Pick<TakeOverInput, 'ids'>) {
  return scene.unit((session) => takeOverIn(scene, session, input))
}

export function takeOverIn<S>(scene: Scene<S>, session: S, input: Partial<TakeOverInput> & Pick<TakeOverInput, 'ids'>) {
  const now = input.now ?? T0 + MINUTE
  const { scheduler, store, owner } = scene
  return store.takeOver(session, { scheduler, jobs: ['poll'], owner, now, leaseUntil: now + LEASE_MS, ...input })
}

/** Hands over again what waits for too long, for a scheduler that has the job `poll`, unless told otherwise. */
export function handOverAgain<S>(scene: Scene<S>, input: HandOver) {
  return scene.unit((session) => handOverAgainIn(scene, session, input))
}

export function handOverAgainIn<S>(scene: Scene<S>, session: S, { now, ...input }: HandOver) {
  const { scheduler, store } = scene
  const usual = { jobs: ['poll'], leaseUntil: now + HAND_OVER_MS, limit: 10 }
  return store.handOverAgain(session, { scheduler, now, ...usual, ...input })
}

interface HandOver {
  readonly now: EpochMs
  readonly jobs?: readonly string[]
  readonly limit?: number
  readonly leaseUntil?: EpochMs
}

export const LEASE_MS = MINUTE / 2
