import type { RunId } from '../../ids.ts'
import type { Delivered, Delivery } from '../../ports/engine.ts'
import type { Claim } from '../run/active-runs.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import type { WorkPlaces } from './places.ts'
import { createTakeOverUnit, NOTHING, NOTHING_TAKEN, type Taken, type Taking } from './take-over-unit.ts'

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
  const { units, messages } = context
  const unit = createTakeOverUnit<S>(context, places)
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
    const taking: Taking<S> = {
      deliveries: batch.map(({ delivery }) => delivery),
      most: Math.min(BATCH, places.room),
      brought: new Set(),
      reserved: new Set(),
    }
    const giveBack = places.reserve(taking.most)
    try {
      const { claims, delivered } = await takeInUnit(taking)
      start(claims)
      for (const { id } of claims) taking.reserved.delete(id)
      for (const [index, { resolve }] of batch.entries()) resolve(noted(delivered[index] ?? NOTHING))
      return true
    } catch (error) {
      onUnsure([...taking.brought])
      if (isLast) for (const { reject } of batch) reject(error)
      return false
    } finally {
      unit.letGo(taking)
      giveBack()
    }
  }

  function noted(delivered: Delivered): Delivered {
    messages.note(delivered)
    return delivered
  }

  async function takeInUnit(taking: Taking<S>): Promise<Taken> {
    if (taking.most === 0) return NOTHING_TAKEN
    return units.run('take-over', (session) => unit.take(session, taking), { wrote: ({ claims }) => claims.length > 0 })
  }

  return (delivery) =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject })
      if (isWorking) return
      isWorking = true
      queueMicrotask(() => void work())
    })
}
