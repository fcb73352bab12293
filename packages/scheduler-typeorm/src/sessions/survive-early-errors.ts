import type { DataSource } from 'typeorm'

/**
 * Adds an error listener to every connection that the pool opens from now on. TypeORM adds its own listener only a few
 * turns of the event loop after it gets the connection. A server that shuts down in between makes the connection emit
 * `error`, and without a listener that ends the process. The next statement on the connection reports the failure.
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
