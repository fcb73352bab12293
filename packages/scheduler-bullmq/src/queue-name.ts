import { refuseOption } from '@pm/scheduler-core/store'

/**
 * The name of a queue in Redis: `scheduler/queue`, with `~` for each colon, which BullMQ keeps for itself. Names of core have
 * neither `/` nor `~`, so that two queues never share one. Throws `INVALID_OPTIONS` for others.
 */
export function queueName(scheduler: string, queue: string): string {
  const names = { scheduler, queue }
  for (const [path, name] of Object.entries(names)) {
    if (!FORM.test(name)) refuseOption({ path, value: name, expected: `a name of the form ${FORM.source}` })
  }
  return `${scheduler}/${queue}`.replaceAll(':', '~')
}

const FORM = /^[a-z0-9][a-z0-9._:-]{0,63}$/

/** BullMQ takes low numbers first, and 0 for what goes before everything. */
export function bullmqPriority(priority: number): number {
  return HIGHEST + 1 - priority
}

/** The highest priority of core, which is 1 in BullMQ. */
const HIGHEST = 1_000
