import type { DataSource } from 'typeorm'

/** What TypeORM keeps of pg's pool. */
export function poolOf({ driver }: DataSource): { readonly pool: Pool; readonly busy: number; end(): Promise<void> } {
  const pool = 'master' in driver ? driver.master : undefined
  if (!isPool(pool)) throw new Error('The driver has no pool.')
  return { pool, busy: pool.totalCount - pool.idleCount, end: () => pool.end() }
}

interface Pool {
  readonly options: object
  readonly totalCount: number
  readonly idleCount: number
  end(): Promise<void>
}

function isPool(pool: unknown): pool is Pool {
  return typeof pool === 'object' && pool !== null && 'totalCount' in pool && 'idleCount' in pool && 'options' in pool
}
