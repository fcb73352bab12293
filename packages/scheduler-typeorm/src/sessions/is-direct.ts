/** What we use of a client of pg. */
export interface Client {
  /** The server process that greeted this connection; pg-native does not tell it. */
  readonly processID?: unknown
  query(text: string | NamedQuery, values?: unknown[]): Promise<unknown>
}

/** A statement that pg prepares under its name, once per client. */
export interface NamedQuery {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}

/**
 * Whether a connection reaches one server process and stays with it. A pooler such as PgBouncer greets its clients with
 * a process id of its own making, by which it recognizes their requests to cancel; the server behind it knows its real
 * one. Costs one round trip: ask once per client.
 */
export async function isDirect(client: Client): Promise<boolean> {
  if (typeof client.processID !== 'number') return false
  return pidIn(await client.query('SELECT pg_backend_pid()::text AS pid')) === String(client.processID)
}

function pidIn(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || !('rows' in answer) || !Array.isArray(answer.rows)) return null
  return answer.rows[0]?.pid
}
