import type { SessionProvider } from '@pm/scheduler-core'
import {
  type NewRun,
  NO_ITEMS,
  randomInstanceId,
  randomRunId,
  type Settlement,
  type Store,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

export interface Ledger {
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
}

const scheduler = 'claims'
const owner = randomInstanceId()
const OWN = { unit: 'claims', isOwn: true } as const

/** Registers the job whose runs `claimAndSettle` claims. */
export async function registerJob({ sessions, store }: Ledger): Promise<void> {
  const jobs = [{ job: 'poll', cursor: 0 }]
  await sessions.withSession((session) => store.register(session, { scheduler, jobs, now: 0 }), OWN)
}

/** Claims a batch of runs by hand in one unit, settles them in another, and returns how each settlement ended. */
export async function claimAndSettle({ sessions, store }: Ledger, size: number): Promise<readonly string[]> {
  const claims = Array.from({ length: size }, aRun)
  const changes = [{ job: 'poll', cursor: null, unrun: [], claims, cancel: [] }]
  const claimed = await sessions.withSession(async (session) => {
    await store.lockJobs(session, { scheduler, jobs: ['poll'] })
    return store.record(session, { scheduler, changes })
  }, OWN)
  const settlements = claimed.map(({ id, fence }): Settlement => {
    return { ...OUTCOME, runId: id, job: 'poll', fence, attempt: 1 }
  })
  return sessions.withSession((session) => store.settle(session, { scheduler, settlements }), OWN)
}

function aRun(): NewRun {
  const lease = { owner, startedAt: 0, leaseUntil: 60_000 }
  return { id: randomRunId(), job: 'poll', trigger: 'manual', scheduledFor: 0, attempt: 1, latenessMs: 0, ...lease }
}

const OUTCOME = {
  state: 'succeeded',
  settledAt: 1,
  durationMs: 1,
  items: NO_ITEMS,
  calls: [],
  progress: null,
  error: null,
} as const
