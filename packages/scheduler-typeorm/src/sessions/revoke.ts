import { SchedulerError } from '@pm/scheduler-core'
import type { QueryRunner } from 'typeorm'

/**
 * Makes every later use of a session throw `SESSION_CLOSED` with the name of its unit, instead of whatever the ORM
 * says of a released runner.
 */
export function revoke(runner: QueryRunner, unit: string): void {
  const refuse = () => Promise.reject(new SchedulerError('SESSION_CLOSED', { unit }))
  Object.assign(runner, { query: refuse, stream: refuse, connect: refuse, startTransaction: refuse })
}
