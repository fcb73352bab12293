import type { RunView } from '@pm/scheduler-core/contract/v2'

/** A run of tests: well, unless it is changed. */
export function aRun(change: Partial<RunView> = {}): RunView {
  return {
    kind: 'run',
    id: '01a2281b-2f80-871f-bebf-16068b3ccbf1',
    job: 'poll',
    trigger: 'schedule',
    state: 'succeeded',
    scheduled_for: '2026-01-01T12:00:00.000Z',
    queued_at: null,
    started_at: '2026-01-01T12:00:00.250Z',
    settled_at: '2026-01-01T12:00:01.250Z',
    instance: 'one',
    attempt: 1,
    waiting_for: null,
    next_attempt_at: null,
    queue_wait_ms: null,
    lateness_ms: 250,
    duration_ms: 1_000,
    cancel_requested: false,
    items: { processed: 0, failed: 0, skipped: 0 },
    calls: [],
    progress: null,
    error: null,
    log_url: null,
    ...change,
  }
}

/** What is changed of it while it waits in a queue, since the noon of that day. */
export const QUEUED = {
  state: 'queued',
  queued_at: '2026-01-01T12:00:00.000Z',
  started_at: null,
  settled_at: null,
  attempt: 0,
  waiting_for: 'worker',
  lateness_ms: null,
  duration_ms: null,
} as const satisfies Partial<RunView>

/** The error of a run of tests: of no database and no response, with nothing behind it, unless it is changed. */
export function anError(change: Partial<NonNullable<RunView['error']>> = {}): NonNullable<RunView['error']> {
  return { code: 'X', name: 'Error', message: 'x', sql_state: null, http_status: null, causes: [], ...change }
}
