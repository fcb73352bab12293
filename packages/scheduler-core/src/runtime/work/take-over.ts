import type { RunId } from '../../ids.ts'
import type { Delivered, Delivery } from '../../ports/engine.ts'
import type { Claim } from '../run/active-runs.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { WorkPlaces } from './places.ts'

/** Takes over the runs whose messages an engine brings. */
export type TakeOver<S> = (delivery: Delivery<S>) => Promise<Delivered>

export interface TakeOverOptions {
  readonly places: WorkPlaces
  readonly start: (claims: readonly Claim[]) => void
  /** Called with the runs of a unit that failed: it may have been committed although its answer never came. */
  readonly onUnsure: (ids: readonly RunId[]) => void
}

interface Waiting<S> {
  readonly delivery: Delivery<S>
  readonly resolve: (delivered: Delivered) => void
  readonly reject: (error: unknown) => void
}

/** What one unit of work brought. */
interface Taken {
  readonly claims: readonly Claim[]
  readonly delivered: readonly Delivered[]
}

const NOTHING: Delivered = Object.freeze({ taken: [], left: [], dropped: [] })
/** The most that one unit fetches. */
const BATCH = 1_000

/**
 * Deliveries that come while a unit is under way share the next one. Runs are reserved before the commit, so that there are
 * never more than there are places.
 */
export function createTakeOver<S extends object>(
  context: InstanceContext<S>,
  { places, start, onUnsure }: TakeOverOptions,
): TakeOver<S> {
  const { scheduler, instance, leaseMs, store, units, active, clock, messages, follow } = context
  let waiting: Waiting<S>[] = []
  let isWorking = false

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      if (batch.length === 1 || !(await takeAll(batch, { isLast: false })))
        for (const each of batch) await takeAll([each], { isLast: true })
    }
    isWorking = false
  }

  /** Answers whether it went well. Several deliveries whose unit fails are then tried one by one. */
  async function takeAll(batch: readonly Waiting<S>[], { isLast }: { readonly isLast: boolean }): Promise<boolean> {
    const brought = new Set<RunId>()
    const reserved = new Set<RunId>()
    const most = Math.min(BATCH, places.room)
    const giveBack = places.reserve(most)
    try {
      const input = { deliveries: batch.map(({ delivery }) => delivery), most, brought, reserved }
      const { claims, delivered } =
        most === 0
          ? { claims: [], delivered: [] }
          : await units.run('take-over', (session) => takeIn(session, input), { wrote: ({ claims }) => claims.length > 0 })
      start(claims)
      for (const { id } of claims) reserved.delete(id)
      batch.forEach(({ resolve }, index) => {
        const result = delivered[index] ?? NOTHING
        messages.note(result)
        resolve(result)
      })
      return true
    } catch (error) {
      onUnsure([...brought])
      if (isLast) for (const { reject } of batch) reject(error)
      return false
    } finally {
      for (const id of reserved) active.release(id)
      giveBack()
    }
  }

  async function takeIn(session: S, { deliveries, most, brought, reserved }: Taking<S>): Promise<Taken> {
    // A provider that begins a unit anew has rolled back what the first try took over.
    for (const id of reserved) active.release(id)
    reserved.clear()
    const { control } = await store.lockJobs(session, { scheduler, jobs: [] })
    await follow(session, control)
    const jobs = places.startable(control)
    if (jobs.length === 0) return { claims: [], delivered: [] }
    const fetched = await fetchAll(session, deliveries, most)
    const ids = [...new Set(fetched.flat())]
    for (const id of ids) brought.add(id)
    const now = clock.now()
    const input = { scheduler, ids, jobs, owner: instance, now, leaseUntil: now + leaseMs }
    const { runs, left } = ids.length === 0 ? { runs: [], left: [] } : await store.takeOver(session, input)
    for (const { id } of runs) {
      reserved.add(id)
      active.reserve(id)
    }
    const taken = new Set(runs.map(({ id }) => id))
    const staying = new Set(left)
    const delivered = fetched.map((some) => sortOut(some, { taken, staying }))
    for (const [index, delivery] of deliveries.entries())
      if ((fetched[index]?.length ?? 0) > 0) await delivery.acknowledge?.(session, delivered[index] ?? NOTHING)
    return { claims: runs, delivered }
  }

  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject })
      if (isWorking) return
      isWorking = true
      queueMicrotask(() => void work())
    })
}

interface Taking<S> {
  readonly deliveries: readonly Delivery<S>[]
  readonly most: number
  /** Takes the ids that are fetched, and those that are reserved. */
  readonly brought: Set<RunId>
  readonly reserved: Set<RunId>
}

/** One after another, while there is room: one session does one thing at a time. */
async function fetchAll<S>(
  session: S,
  deliveries: readonly Delivery<S>[],
  most: number,
): Promise<readonly (readonly RunId[])[]> {
  const fetched: (readonly RunId[])[] = []
  let room = most
  for (const delivery of deliveries) {
    const ids = room > 0 ? await delivery.fetch(session, room) : []
    room -= ids.length
    fetched.push(ids)
  }
  return fetched
}

/** A message that came twice begins its run once. */
function sortOut(
  ids: readonly RunId[],
  { taken, staying }: { readonly taken: Set<RunId>; readonly staying: ReadonlySet<RunId> },
): Delivered {
  const sorted = { taken: [] as RunId[], left: [] as RunId[], dropped: [] as RunId[] }
  for (const id of ids) sorted[taken.delete(id) ? 'taken' : staying.has(id) ? 'left' : 'dropped'].push(id)
  return sorted
}
