import type { RunId } from '../../ids.ts'
import type { Delivered, Delivery } from '../../ports/engine.ts'
import type { Claim } from '../run/active-runs.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { WorkPlaces } from './places.ts'

/** One unit of work that takes runs over. */
export interface Taking<S> {
  readonly deliveries: readonly Delivery<S>[]
  readonly most: number
  /** Takes the ids that are fetched, and those that are reserved. */
  readonly brought: Set<RunId>
  readonly reserved: Set<RunId>
}

/** What it brought: the runs that begin here, and what became of the messages of each delivery. */
export interface Taken {
  readonly claims: readonly Claim[]
  readonly delivered: readonly Delivered[]
}

/** The work of such units. */
export interface TakeOverUnit<S> {
  /** Fetches messages, takes their runs over and has them acknowledged. The runs are reserved then. */
  take(session: S, taking: Taking<S>): Promise<Taken>
  /** Gives the reserved runs free that do not begin here. */
  letGo(taking: Taking<S>): void
}

export const NOTHING: Delivered = Object.freeze({ taken: [], left: [], dropped: [] })
export const NOTHING_TAKEN: Taken = Object.freeze({ claims: [], delivered: [] })

export function createTakeOverUnit<S extends object>(
  context: InstanceContext<S>,
  places: Pick<WorkPlaces, 'startable'>,
): TakeOverUnit<S> {
  const { scheduler, instance, leaseMs, store, active, clock, follow } = context

  function letGo({ reserved }: Taking<S>): void {
    for (const id of reserved) active.release(id)
    reserved.clear()
  }

  async function take(session: S, taking: Taking<S>): Promise<Taken> {
    // A provider that begins a unit anew has rolled back what the first try took over.
    letGo(taking)
    const { control } = await store.lockJobs(session, { scheduler, jobs: [] })
    await follow(session, control)
    const jobs = places.startable(control)
    if (jobs.length === 0) return NOTHING_TAKEN
    const fetched = await fetchAll(session, taking)
    const ids = [...taking.brought]
    if (ids.length === 0) return NOTHING_TAKEN
    const now = clock.now()
    const input = { scheduler, ids, jobs, owner: instance, now, leaseUntil: now + leaseMs }
    const { runs, left } = await store.takeOver(session, input)
    for (const { id } of runs) {
      taking.reserved.add(id)
      active.reserve(id)
    }
    const fates = { taken: new Set(runs.map(({ id }) => id)), staying: new Set(left) }
    const delivered = fetched.map((some) => sortOut(some, fates))
    await acknowledgeAll(session, taking.deliveries, delivered)
    return { claims: runs, delivered }
  }

  return { take, letGo }
}

/** One after another, while there is room: one session does one thing at a time. */
async function fetchAll<S>(
  session: S,
  { deliveries, most, brought }: Taking<S>,
): Promise<readonly (readonly RunId[])[]> {
  const fetched: (readonly RunId[])[] = []
  let room = most
  brought.clear()
  for (const delivery of deliveries) {
    const ids = room > 0 ? await delivery.fetch(session, room) : []
    room -= ids.length
    fetched.push(ids)
    for (const id of ids) brought.add(id)
  }
  return fetched
}

async function acknowledgeAll<S>(
  session: S,
  deliveries: readonly Delivery<S>[],
  delivered: readonly Delivered[],
): Promise<void> {
  for (const [index, delivery] of deliveries.entries()) {
    const outcome = delivered[index] ?? NOTHING
    const isEmpty = outcome.taken.length + outcome.left.length + outcome.dropped.length === 0
    if (!isEmpty) await delivery.acknowledge?.(session, outcome)
  }
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
