/** The parts of a `PgBoss` of pg-boss 12 that are used, so that any copy of it fits. */
export interface PgBossLike {
  getDb(): PgBossDb
  schemaVersion(): Promise<number | null>
  getQueue(name: string): Promise<object | null>
  createQueue(name: string, options: object): Promise<void>
  updateQueue(name: string, options: object): Promise<void>
  insert(name: string, jobs: { id: string }[], options: WithDb): Promise<unknown>
  deleteJob(name: string, ids: string[], options: WithDb): Promise<unknown>
}

/** What is asked of pg-boss by a name of its own; another major has not all of it. */
export const USED = [
  'getDb',
  'schemaVersion',
  'getQueue',
  'createQueue',
  'updateQueue',
  'insert',
  'deleteJob',
] as const satisfies readonly (keyof PgBossLike)[]

export interface PgBossDb {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
  /** Hears a channel on a connection of its own; where it can. */
  listen?(channel: string, onNotification: (payload: string) => void, onReconnect: () => void): Promise<ListenHandle>
}

export interface ListenHandle {
  close(): Promise<void>
}

interface WithDb {
  db: PgBossDb
}
