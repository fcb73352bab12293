import type { Instant } from '../clock.ts'
import type { ControlMark } from '../control/control.ts'
import type { RunId } from '../ids.ts'
import type { ObservedState } from '../reading/snapshot.ts'

/** The author and reason of a command, and the version of the control state that it is based on. */
export interface CommandOptions {
  /** The author, for the control log (default `host`). */
  readonly by?: string
  /** The reason, for the control log (default none). */
  readonly why?: string
  /** Refuses the command with `CONTROL_CONFLICT` when the control state has another version (default any). */
  readonly expectedVersion?: number
  /**
   * Of all commands with the same key and `by` within a day, on any instance, one takes effect and all get its answer.
   * It has 1 to 255 printable ASCII characters. Another request with the same key is refused with `IDEMPOTENCY_KEY_REUSED`
   * (default none: every command takes effect).
   */
  readonly idempotencyKey?: string
}

export interface StopOptions extends CommandOptions {
  /**
   * When the call resolves (default `drained`): once the runs under way have ended or were broken off, or as soon as the
   * stop is stored (`accepted`); the drain then goes on by itself.
   */
  readonly resolveWhen?: 'drained' | 'accepted'
}

export interface PauseOptions extends CommandOptions {
  /** When the pause ends by itself (default never). */
  readonly until?: Instant
}

export interface RunJobOptions extends CommandOptions {
  /**
   * What the run is given, as JSON: at most 8 KB, 32 levels deep, only plain objects, lists, text, finite numbers, true,
   * false and null (default none: the defaults of the job's schema).
   */
  readonly input?: unknown
}

/** What a command produced. */
export interface CommandResult {
  readonly state: ObservedState
  /** False when the command changed nothing. It is not logged then. */
  readonly changed: boolean
  /** What the command left. All pauses and settings are in `control()`. */
  readonly control: ControlMark
  /** This is the answer to an earlier command with the same key; nothing was done now. */
  readonly replayed: boolean
}

/** A run that was claimed. */
export interface RunJobResult extends CommandResult {
  readonly runId: RunId
}
