import type { Declared } from '../../ports/declared.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { createScopedCommands } from './scoped-commands.ts'
import { createScopedReads, type ScopedParts } from './scoped-reads.ts'

/**
 * The scheduler as those see it who are told of some jobs only: reads answer these jobs alone, commands reach them alone,
 * and every other job is one that does not exist. Each method stands here by name, so that a new one of the scheduler
 * does not compile before it has been decided what a scope means for it.
 */
export function scopeScheduler(parts: ScopedParts): Scheduler {
  const { scheduler } = parts
  const reads = createScopedReads(parts)
  return {
    ...reads,
    get jobNames() {
      return reads.jobNames
    },
    ...createScopedCommands(parts),
    // What belongs to no job: the process, the host's providers and feeds.
    name: scheduler.name,
    role: scheduler.role,
    commandLimits: scheduler.commandLimits,
    feedWords: scheduler.feedWords,
    providerConditions: scheduler.providerConditions,
    ...declaredBeside(scheduler),
    get state() {
      return scheduler.state
    },
    get isOpen() {
      return scheduler.isOpen
    },
    isProviderEnabled: (name) => scheduler.isProviderEnabled(name),
    on: (event, listener) => scheduler.on(event, listener),
    isTicking: () => scheduler.isTicking(),
    whenIdle: () => scheduler.whenIdle(),
  }
}

/** What sources may declare and may leave out. */
function declaredBeside({ feedAttributes, feedReasons, providerAttributes }: Declared) {
  return {
    ...(feedAttributes && { feedAttributes }),
    ...(feedReasons && { feedReasons }),
    ...(providerAttributes && { providerAttributes }),
  }
}
