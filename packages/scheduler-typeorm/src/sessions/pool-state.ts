import type { PoolState } from '@pm/scheduler-core/store'
import type { DataSource } from 'typeorm'

/** The state of the pg pool behind a DataSource; `null` before it is initialized and for a driver with another pool. */
export function poolStateOf({ driver }: DataSource): PoolState | null {
  const pool: unknown = 'master' in driver ? driver.master : undefined
  if (!isPool(pool)) return null
  const most = mostOf(pool)
  return { size: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount, ...(most !== null && { most }) }
}

/** How many connections a pool of pg may open; `null` of another that does not tell. */
function mostOf(pool: object): number | null {
  const options: unknown = 'options' in pool ? pool.options : null
  const most: unknown = typeof options === 'object' && options !== null && 'max' in options ? options.max : null
  return typeof most === 'number' && most >= 1 ? most : null
}

interface Pool {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

function isPool(pool: unknown): pool is Pool {
  if (typeof pool !== 'object' || pool === null) return false
  const counts = ['totalCount', 'idleCount', 'waitingCount']
  return counts.every((count) => typeof Reflect.get(pool, count) === 'number')
}
