import type { Clock } from '../clock.ts'

/** What a promise became within `limitMs`; `timed_out` leaves it running, and its later outcome is ignored. */
export type Outcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'timed_out' }

/** Waits for `promise`, but no longer than `limitMs`. Never rejects. */
export function within<T>(clock: Clock, limitMs: number, promise: PromiseLike<T>): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const timer = clock.setTimer(() => resolve({ kind: 'timed_out' }), limitMs)
    const end = (outcome: Outcome<T>) => {
      timer.cancel()
      resolve(outcome)
    }
    promise.then(
      (value) => end({ kind: 'value', value }),
      (error: unknown) => end({ kind: 'error', error }),
    )
  })
}
