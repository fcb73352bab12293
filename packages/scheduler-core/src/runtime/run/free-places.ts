import type { InstanceContext } from './instance-context.ts'

type Places<S extends object> = Pick<InstanceContext<S>, 'configuration' | 'active' | 'abandoned'>

/** How many more runs this instance may execute; below 0 when its concurrency was lowered meanwhile. */
export function freePlaces<S extends object>({ configuration, active, abandoned }: Places<S>): number {
  return configuration.concurrency - active.size - abandoned.held
}

/** How many more runs it may claim. One that hands its runs on executes none. */
export function placesToClaim<S extends object>(context: Places<S> & Pick<InstanceContext<S>, 'handOver'>): number {
  return context.handOver ? Infinity : freePlaces(context)
}
