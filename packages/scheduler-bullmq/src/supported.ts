import { SchedulerError } from '@pm/scheduler-core'

import { ENGINE } from './engine-error.ts'

/** Throws `ENGINE_UNSUPPORTED` for a BullMQ of another major, or one that is older than 6.7; by the mark of its queues. */
export function assertLibrary(mark: unknown): void {
  const found = typeof mark === 'string' ? mark.replace('bullmq:', '') : 'unknown'
  const [major = 0, minor = 0] = found.split('.').map(Number)
  if (major === 6 && minor >= 7) return
  throw new SchedulerError('ENGINE_UNSUPPORTED', {
    engine: ENGINE,
    found: `bullmq ${found}`,
    supported: 'bullmq ^6.7.0',
  })
}

/** Throws `ENGINE_UNSUPPORTED` for a Redis older than 6.2, by what it answers to INFO. Others that speak like it are let in. */
export function assertServer(info: string): void {
  const found = /^redis_version:(\S+)/m.exec(info)?.[1]
  const [major = 0, minor = 0] = (found ?? '').split('.').map(Number)
  if (found === undefined || major > 6 || (major === 6 && minor >= 2)) return
  throw new SchedulerError('ENGINE_UNSUPPORTED', {
    engine: ENGINE,
    found: `Redis ${found}`,
    supported: 'Redis 6.2 or later',
  })
}

/** How the server makes room when its memory is full, where that can cost messages; `null` when it refuses new ones instead. */
export function evictionOf(info: string): string | null {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction'
  return policy === 'noeviction' ? null : policy
}
