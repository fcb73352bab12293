import { hasRedis, startRedis } from '@pm/testlab/redis'

export interface MeasuredEngine {
  readonly contender: string
  /** `null`: by pg-boss, in the same database. */
  readonly redisUrl: string | null
  close(): Promise<void>
}

/** The engines that can be measured here. */
export async function openEngines(): Promise<readonly MeasuredEngine[]> {
  const pgBoss: MeasuredEngine = { contender: 'pg-boss', redisUrl: null, async close() {} }
  if (!hasRedis('BullMQ')) return [pgBoss]
  const redis = await startRedis()
  return [pgBoss, { contender: 'BullMQ', redisUrl: redis.url, close: () => redis.stop() }]
}
