import { SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { createEventHub, type EventHub, type EventHubOptions } from './event-hub.ts'

/** The streams of those who are told of some jobs only. */
export interface ScopedHubs {
  /** The hub of one reader, over the scheduler as this reader sees it. */
  of(scheduler: Pick<Scheduler, 'snapshot' | 'on'>): Pick<EventHub, 'connect'>
  /** Ends their streams. */
  close(): void
}

export interface ScopedHubsOptions extends Pick<EventHubOptions, 'frames' | 'clock' | 'live'> {
  /** The hub of those who are told of every job. No stream begins where it takes no readers. */
  readonly main: Pick<EventHub, 'isOpen'>
}

/** Each reader has a hub for as long as the stream goes on: no two readers need be told of the same jobs. */
export function createScopedHubs({ main, ...options }: ScopedHubsOptions): ScopedHubs {
  const hubs = new Set<EventHub>()

  function open(scheduler: Pick<Scheduler, 'snapshot' | 'on'>): { readonly hub: EventHub; readonly leave: () => void } {
    const leave = () => {
      hubs.delete(hub)
      hub.close()
    }
    const hub: EventHub = createEventHub({ ...options, scheduler, onNone: leave })
    hubs.add(hub)
    return { hub, leave }
  }

  return {
    of: (scheduler) => ({
      async connect(reader) {
        if (!main.isOpen) throw new SchedulerError('SHUTTING_DOWN', {})
        const { hub, leave } = open(scheduler)
        try {
          return await hub.connect(reader)
        } catch (error) {
          leave()
          throw error
        }
      },
    }),
    close() {
      for (const hub of [...hubs]) hub.close()
    },
  }
}
