import type { SchedulerCommand } from '../control/control.ts'
import type { Logger } from '../ports/logger.ts'
import type { Store } from '../ports/store.ts'
import type { Units } from '../session/units.ts'

export interface CommandLogOptions<S> {
  readonly store: Store<S>
  readonly units: Units<S>
  readonly logger: Logger
}

/**
 * The same store and units of work, with a line in the log for each command: what it was, who gave it and why. It is
 * written once the unit of work that applied the command has been committed.
 */
export function createCommandLog<S extends object>({
  store,
  units,
  logger,
}: CommandLogOptions<S>): {
  readonly store: Store<S>
  readonly units: Units<S>
} {
  const applied = new WeakMap<S, SchedulerCommand[]>()
  return {
    store: {
      ...store,
      async applyCommand(session, input) {
        const control = await store.applyCommand(session, input)
        applied.get(session)?.push(...[input.command].flat())
        return control
      },
    },
    units: {
      get writes() {
        return units.writes
      },
      async run(name, work, options) {
        let commands: SchedulerCommand[] = []
        const answer = await units.run(
          name,
          (session) => {
            // A provider that begins a unit anew, as after a deadlock, has rolled back what the first try commanded.
            commands = []
            applied.set(session, commands)
            return work(session)
          },
          options,
        )
        const [first] = commands
        if (first) logger.info({ ...toFields(commands), by: first.by, why: first.why }, 'A command was carried out')
        return answer
      },
    },
  }
}

/** A command to many jobs is one line, which names the first of them. */
const MOST_JOBS = 20

function toFields(commands: readonly SchedulerCommand[]): object {
  const [first, ...others] = commands
  if (!first) return {}
  if (others.length > 0) {
    const jobs = commands.flatMap((each) => ('job' in each ? [each.job] : []))
    return { command: first.kind, jobs: jobs.slice(0, MOST_JOBS), count: commands.length }
  }
  return {
    command: first.kind,
    ...('job' in first && { job: first.job }),
    ...('runId' in first && { runId: first.runId }),
    ...('until' in first && { until: first.until }),
    ...('patch' in first && { patch: first.patch }),
  }
}
