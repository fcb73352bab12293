import type { Clock } from '../../clock.ts'
import { type CommandSubject, type ControlMark, type ControlState, markOf } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { fingerprintOf, receiptId } from '../../ids.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import type { Store } from '../../ports/store.ts'
import { assertFree, COMMAND_WAIT_MS } from './assert-free.ts'

/** The preconditions of a command. */
export interface Terms {
  readonly expectedVersion?: number
  readonly idempotencyKey?: string
}

export interface OnceRequest {
  /** The jobs to lock. */
  readonly jobs: readonly string[]
  /** The owner of the key: two principals may use the same key. */
  readonly by: string
  /** Everything that the command asks for. A repeat with the same key has to ask for the same. */
  readonly asked: unknown
  readonly terms: Terms
  /** What the answer tells of the pauses and settings. */
  readonly about: CommandSubject
}

/** An answer, and whether it was given before, so that nothing was done now. */
export interface Answered<T extends Controlled> {
  readonly answer: Marked<T>
  /** The control state as it is now; `answer` has what the command left of it, in short. */
  readonly control: ControlState
  readonly replayed: boolean
}

interface Controlled {
  readonly control: ControlState
}

/** An answer as it is given and kept: with the mark of the control state, which may be large, in its place. */
export type Marked<T extends Controlled> = Omit<T, 'control'> & { readonly control: ControlMark }

/**
 * Carries out a command under the locks of its jobs and of the control state, once for each idempotency key. Of several
 * commands with the same key, at the same time or later, on this instance or another, one takes effect and all get its
 * answer. A failure is not kept. Throws `IDEMPOTENCY_KEY_REUSED` when an earlier request with the key asked for
 * something else, and `CONTROL_CONFLICT`.
 */
export type Once<S> = <T extends Controlled>(
  session: S,
  request: OnceRequest,
  act: (locked: LockedJobs) => Promise<T>,
) => Promise<Answered<T>>

export interface OnceOptions<S> {
  readonly scheduler: string
  readonly store: Store<S>
  readonly clock: Clock
}

export function createOnce<S>({ scheduler, store, clock }: OnceOptions<S>): Once<S> {
  return async <T extends Controlled>(
    session: S,
    { jobs, by, asked, terms, about }: OnceRequest,
    act: (locked: LockedJobs) => Promise<T>,
  ) => {
    const { idempotencyKey: key, expectedVersion } = terms
    const pending = key === undefined ? null : toPending({ scheduler, by, key }, [asked, expectedVersion ?? null])
    const input = {
      scheduler,
      jobs,
      forCommand: true,
      waitMs: COMMAND_WAIT_MS,
      ...(pending && { receipt: pending.id }),
    }
    const locked = await store.lockJobs(session, input)
    assertFree(locked)
    if (pending && locked.receipt) {
      if (locked.receipt.fingerprint !== pending.fingerprint) throw new SchedulerError('IDEMPOTENCY_KEY_REUSED', {})
      return { answer: locked.receipt.answer as Marked<T>, control: locked.control, replayed: true }
    }
    assertVersion(locked.control, expectedVersion)
    const { control, ...rest } = await act(locked)
    const answer: Marked<T> = { ...rest, control: markOf(control, about) }
    if (pending) {
      const receipt = { ...pending, answer, at: clock.now() }
      await store.record(session, { scheduler, changes: [], receipt })
    }
    return { answer, control, replayed: false }
  }
}

function toPending(key: Parameters<typeof receiptId>[0], asked: unknown) {
  return { id: receiptId(key), fingerprint: fingerprintOf(asked) }
}

function assertVersion(control: ControlState, expected: number | undefined): void {
  if (expected !== undefined && expected !== control.version) {
    throw new SchedulerError('CONTROL_CONFLICT', { expected, actual: control.version })
  }
}
