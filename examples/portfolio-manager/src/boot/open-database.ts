import { join } from 'node:path'

import { startEmbeddedPostgres } from '@pm/embedded-postgres'

import type { Config } from '../config/read-config.ts'
import { placeOf, readAddress } from '../database/address.ts'
import { prepareRoles, type RolePasswords } from '../database/roles.ts'
import { UserError } from '../user-error.ts'

/** A PostgreSQL to connect to. */
export interface Database {
  /** The address that the application runs with. */
  readonly url: string
  /** The address for the role that owns the tables; `null` when it is the one that the application runs as. */
  readonly ownerUrl: string | null
  /** The role that the application runs as; `null` when it owns the tables and needs no grants. */
  readonly role: string | null
  /** A short description without the password. */
  readonly description: string
  close(): Promise<void>
}

/**
 * Opens the server of `DATABASE_URL`, or starts the embedded one with its data in the data folder, where one role owns the
 * tables and the application runs as another.
 *
 * @throws UserError when it does not start, or the signal's reason.
 */
export async function openDatabase(
  { databaseUrl, databaseOwnerUrl, dataDir }: Pick<Config, 'databaseUrl' | 'databaseOwnerUrl' | 'dataDir'>,
  { passwords, signal }: { readonly passwords: RolePasswords; readonly signal: AbortSignal },
): Promise<Database> {
  if (databaseUrl !== null) {
    const role = databaseOwnerUrl === null ? null : (readAddress(databaseUrl)?.user ?? null)
    const description = `yours, at ${placeOf(databaseUrl)}`
    return { url: databaseUrl, ownerUrl: databaseOwnerUrl, role, description, async close() {} }
  }
  const folder = join(dataDir, 'postgres')
  const refuse = (error: unknown): never => {
    signal.throwIfAborted()
    throw new UserError(`The embedded PostgreSQL does not start: ${messageOf(error)}`, HINT, { cause: error })
  }
  const server = await startEmbeddedPostgres({ dataDir: folder, signal }).catch(refuse)
  const urls = await prepareRoles(server.url, passwords).catch(async (error: unknown) => {
    await server.stop()
    return refuse(error)
  })
  return {
    ...urls,
    role: readAddress(urls.url)?.user ?? null,
    description: `embedded PostgreSQL on port ${server.port}, data in ${folder}`,
    close: () => server.stop(),
  }
}

const HINT = ['DATA_DIR chooses another folder for its data, DATABASE_URL another server.']

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
