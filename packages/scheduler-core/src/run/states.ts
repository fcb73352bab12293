/**
 * The states of a ledger entry. A run is claimed as `running`, or as `queued` where an engine carries runs to workers, and
 * settled once; the last three never ran.
 *
 *     queued  -> running      a worker took it over
 *             -> cancelled    an operator or a newer run ended it before a worker had it
 *     running -> succeeded    the handler returned
 *             -> failed       the handler threw, with no attempt left
 *             -> timed_out    it took longer than its timeout
 *             -> orphaned     its process died and the sweep found it
 *             -> interrupted  a shutdown broke it off, and by its job's policy nobody takes it up again
 *             -> cancelled    an operator or a newer run ended it
 *     skipped                 deliberately not run, with the reason
 *     missed                  no scheduler was running, or it was too late
 *     suppressed              due while the scheduler or the job was paused
 */
export const SETTLED_RUN_STATES = ['succeeded', 'failed', 'timed_out', 'orphaned', 'interrupted', 'cancelled'] as const
export const UNRUN_STATES = ['skipped', 'missed', 'suppressed'] as const
/** A run that is not settled: it waits for a worker, or an instance has it. */
export const OPEN_RUN_STATES = ['queued', 'running'] as const
export const RUN_STATES = [...OPEN_RUN_STATES, ...SETTLED_RUN_STATES] as const
export const LEDGER_STATES = [...RUN_STATES, ...UNRUN_STATES] as const

export type SettledRunState = (typeof SETTLED_RUN_STATES)[number]
export type OpenRunState = (typeof OPEN_RUN_STATES)[number]
export type RunState = (typeof RUN_STATES)[number]
export type UnrunState = (typeof UNRUN_STATES)[number]
export type LedgerState = (typeof LEDGER_STATES)[number]

/** The one transition table: where a run may go from each state. The stores refuse every other settlement. */
export const RUN_TRANSITIONS = {
  queued: ['running', 'cancelled'],
  running: SETTLED_RUN_STATES,
  succeeded: [],
  failed: [],
  timed_out: [],
  orphaned: [],
  interrupted: [],
  cancelled: [],
} as const satisfies Readonly<Record<RunState, readonly RunState[]>>

/** Whether a run may go from one state to another. */
export function mayBecome(from: RunState, to: RunState): boolean {
  const states: readonly RunState[] = RUN_TRANSITIONS[from]
  return states.includes(to)
}

/** Whether an entry is a run that is not settled. */
export function isOpenState(state: LedgerState): state is OpenRunState {
  return state === 'running' || state === 'queued'
}

/** Why a due time was deliberately not run. */
export const SKIP_REASONS = ['overlap', 'excluded'] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

/** What asked for a run. Only `schedule` stands for a due time of its own. */
export const RUN_TRIGGERS = ['schedule', 'manual', 'backfill', 'rerun'] as const
export type RunTrigger = (typeof RUN_TRIGGERS)[number]
