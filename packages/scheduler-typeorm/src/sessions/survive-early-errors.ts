import type { DataSource } from 'typeorm'

/**
 * Gives every connection that the pool opens from now on a listener for its errors. TypeORM adds its own a few turns
 * after the pool has handed a new connection out; a server that is going down can send its last word in between, and an
 * `error` event that nobody hears ends the process. The statement that comes next fails and tells the story.
 */
export function surviveEarlyErrors({ driver }: DataSource): void {
  const pool: unknown = 'master' in driver ? driver.master : undefined
  if (!isEmitter(pool) || pool.listeners('connect').includes(hearErrors)) return
  pool.on('connect', hearErrors)
}

function hearErrors(client: unknown): void {
  if (isEmitter(client)) client.on('error', () => {})
}

interface Emitter {
  on(event: string, listener: (argument: unknown) => void): unknown
  listeners(event: string): readonly unknown[]
}

function isEmitter(value: unknown): value is Emitter {
  return typeof value === 'object' && value !== null && 'on' in value && 'listeners' in value
}
