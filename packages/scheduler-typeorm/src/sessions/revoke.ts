import { SchedulerError } from '@pm/scheduler-core'
import type { QueryRunner } from 'typeorm'

/**
 * Makes every later use of a released session reject with `SESSION_CLOSED` and the name of its unit. It replaces
 * TypeORM's own error, which names no unit and is also thrown when a connection breaks.
 */
export function revoke(runner: QueryRunner, unit: string): void {
  const refuse = () => Promise.reject(new SchedulerError('SESSION_CLOSED', { unit }))
  Object.assign(runner, { isReleased: false, query: refuse, stream: refuse, connect: refuse, startTransaction: refuse })
}
