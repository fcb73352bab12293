import type { Clock } from '../../clock.ts'
import type { ControlState } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { fingerprintOf, receiptId } from '../../ids.ts'
import type { LockedJobs, Store } from '../../ports/store.ts'
import { assertFree, COMMAND_WAIT_MS } from './assert-free.ts'

/** What decides whether a command may be carried out, beside what it asks for. */
export interface Terms {
  readonly expectedVersion?: number
  readonly idempotencyKey?: string
}

export interface OnceRequest {
  /** The jobs to lock. */
  readonly jobs: readonly string[]
  /** Whose key it is: two principals may use the same one. */
  readonly by: string
  /** All that the command asks for: with the same key it has to be the same. */
  readonly asked: unknown
  readonly terms: Terms
}

/** What was answered, and whether that was before: then nothing was done now. */
export interface Answered<T> {
  readonly answer: T
  readonly replayed: boolean
}

/**
 * Carries a command out under the locks of its jobs and of the control state, once for each idempotency key: of several
 * that come with the same key, at the same time or later, on this instance or another, one has its effect and all get
 * its answer. What fails is not kept. Throws `IDEMPOTENCY_KEY_REUSED` when the key came with another request before,
 * and `CONTROL_CONFLICT`.
 */
export type Once<S> = <T extends object>(
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
  return async <T extends object>(
    session: S,
    { jobs, by, asked, terms }: OnceRequest,
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
      return { answer: locked.receipt.answer as T, replayed: true }
    }
    assertVersion(locked.control, expectedVersion)
    const answer = await act(locked)
    if (pending) {
      const receipt = { ...pending, answer, at: clock.now() }
      await store.record(session, { scheduler, changes: [], receipt })
    }
    return { answer, replayed: false }
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
