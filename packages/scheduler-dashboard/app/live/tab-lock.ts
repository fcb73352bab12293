import { randomId } from '../data/random-id.ts'

export interface TabLock {
  readonly name: string
  /** Resolves once the lock is held; at once where there are no locks. */
  readonly held: Promise<void>
  release(): void
}

/** Holds a lock of a name of its own for as long as the tab lives, which tells others that it does. */
export function holdTabLock(prefix: string): TabLock {
  const name = `${prefix} ${randomId()}`
  const locks: LockManager | undefined = navigator.locks
  if (locks === undefined) return { name, held: Promise.resolve(), release: () => {} }
  const end = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  locks
    .request(name, () => {
      held.resolve()
      return end.promise
    })
    .catch(() => held.resolve())
  return { name, held: held.promise, release: () => end.resolve() }
}
