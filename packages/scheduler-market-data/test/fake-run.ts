import { type ItemCounts, type ProviderCall, type RunContext, silentLogger } from '@pm/scheduler-core'
import { parseRunId } from '@pm/scheduler-core/store'

/** A session that records its unit of work and whether that has ended. */
export interface FakeSession {
  readonly unit: string
  readonly readOnly: boolean
  open: boolean
}

/** A run that records all effects. Its sessions commit when their work resolves. */
export interface FakeRun extends RunContext<FakeSession> {
  readonly sessions: readonly FakeSession[]
  readonly openSessions: number
  readonly calls: readonly ProviderCall[]
  readonly items: ItemCounts
  /** The session in which the run was completed, if its unit was committed. */
  readonly completedIn: FakeSession | null
}

export function createFakeRun(
  signal: AbortSignal = new AbortController().signal,
  switchedOff: readonly string[] = [],
): FakeRun {
  const sessions: FakeSession[] = []
  const calls: ProviderCall[] = []
  const items = { processed: 0, failed: 0, skipped: 0 }
  let completing: FakeSession | null = null
  let completedIn: FakeSession | null = null
  const runId = parseRunId('00000000-0000-4000-8000-000000000000')
  if (runId === null) throw new Error('Not a run id.')

  return {
    scheduler: 'market_data_scheduler',
    job: 'poll-market-data',
    runId,
    trigger: 'schedule',
    input: undefined,
    scheduledFor: 0,
    startedAt: 0,
    attempt: 1,
    signal,
    logger: silentLogger,
    async withSession(work, { unit = '', readOnly = false } = {}) {
      const session = { unit, readOnly, open: true }
      sessions.push(session)
      try {
        const result = await work(session)
        completedIn = completing
        return result
      } finally {
        completing = null
        session.open = false
      }
    },
    report(counts) {
      for (const key of ['processed', 'failed', 'skipped'] as const) items[key] += counts[key] ?? 0
    },
    recordCall: (call) => calls.push(call),
    isProviderEnabled: (name) => !switchedOff.includes(name),
    progress() {},
    async complete(session) {
      if (!session.open) throw new Error('The session is over.')
      completing = session
    },
    sessions,
    get openSessions() {
      return sessions.filter(({ open }) => open).length
    },
    calls,
    items,
    get completedIn() {
      return completedIn
    },
  }
}
