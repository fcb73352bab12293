import { SchedulerError } from '@pm/scheduler-core'
import { type QueryTarget, queryRows, type Row, shown } from '../query.ts'
import { toStoreError } from '../store-error.ts'

/**
 * @throws SchedulerError `UNSUPPORTED_DATABASE_SETTING` for a setting under which text or numbers would be read or
 *   stored wrongly.
 */
export async function assertDatabase(target: QueryTarget): Promise<void> {
  const [row = {}] = await queryRows(target, PROBE, [LSN, TEXT]).catch((error: unknown) => {
    throw toStoreError(error, 'register')
  })
  const unsupported = judgeDatabase(row)
  if (unsupported) throw new SchedulerError('UNSUPPORTED_DATABASE_SETTING', unsupported)
}

export interface UnsupportedSetting {
  readonly setting: string
  readonly found: string
  readonly remedy: string
}

/** The first setting that this store cannot work with, if there is one. */
export function judgeDatabase(row: Row): UnsupportedSetting | undefined {
  if (row['lsn'] !== LSN) {
    return {
      setting: 'binary',
      found: 'true',
      remedy: "remove `binary: true` from pg's options (`extra` of the DataSource)",
    }
  }
  if (row['sample'] !== TEXT || row['empty'] !== '') {
    const changed = row['sample'] === TEXT ? row['empty'] : row['sample']
    return {
      setting: "pg's parser of text",
      found: typeof changed === 'string' ? JSON.stringify(changed) : shown(changed),
      remedy: "remove the parser that the host has set for type 25 (`types.setTypeParser`, or `types` in pg's options)",
    }
  }
  const server = String(row['server_encoding'])
  if (server === 'SQL_ASCII') {
    const remedy = 'create the database with ENCODING UTF8; this one does not know what its text means'
    return { setting: 'server_encoding', found: server, remedy }
  }
  const client = String(row['client_encoding'])
  if (client === 'UTF8') return undefined
  const remedy = 'leave client_encoding at UTF8, which is what pg sends and reads'
  return { setting: 'client_encoding', found: client, remedy }
}

/**
 * A value of type pg_lsn. No one sets a parser for it, and in pg's binary mode it arrives as eight bytes instead of
 * text.
 */
const LSN = '16/B374D848'
/**
 * The store reads every column as text, so that only the parser of text matters. A parser that trims or reads JSON
 * changes this.
 */
const TEXT = ' {"n": 1} '
/** Has a parameter, because pg asks for binary answers only then. */
const PROBE = `
  SELECT $1::pg_lsn AS lsn, $2::text AS sample, '' AS empty,
    current_setting('server_encoding') AS server_encoding, current_setting('client_encoding') AS client_encoding`
