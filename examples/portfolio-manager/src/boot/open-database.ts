import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'

import type { Config } from '../config/read-config.ts'
import { placeOf } from '../database/connect.ts'
import { UserError } from '../user-error.ts'

/** A PostgreSQL to connect to. */
export interface Database {
  readonly url: string
  /** A short description without the password. */
  readonly description: string
  close(): Promise<void>
}

/**
 * Opens the server of `DATABASE_URL`, or starts the embedded one with its data in the data folder.
 *
 * @throws UserError when it does not start, or the signal's reason.
 */
export async function openDatabase(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  signal: AbortSignal,
): Promise<Database> {
  if (databaseUrl !== null) {
    return { url: databaseUrl, description: `yours, at ${placeOf(databaseUrl)}`, async close() {} }
  }
  const folder = join(dataDir, 'postgres')
  const server = await startEmbeddedPostgres({ dataDir: folder, signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw new UserError(`The embedded PostgreSQL does not start: ${messageOf(error)}`, HINT, { cause: error })
  })
  return {
    url: server.url,
    description: `embedded PostgreSQL on port ${server.port}, data in ${folder}`,
    close: () => server.stop(),
  }
}

const HINT = ['DATA_DIR chooses another folder for its data, DATABASE_URL another server.']

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
