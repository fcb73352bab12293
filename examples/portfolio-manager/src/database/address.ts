/** The parts of a PostgreSQL address, decoded. Only `place` may be shown. */
export interface Address {
  readonly user: string
  readonly password: string
  /** Host, port and database, without the user and the password. */
  readonly place: string
}

/**
 * Reads `postgres://user:password@host:5432/database`; `null` when it is none. Refuses also what only looks like one: a
 * password with a bare `/`, `?` or `#` would become a part of the host or the database, which messages show. One in the
 * query would go unnoticed by what removes secrets.
 */
export function readAddress(text: string): Address | null {
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') return null
  if (!/^\/[^/@]+$/.test(url.pathname) || url.hash !== '' || url.search.includes('@')) return null
  if (ELSEWHERE.some((name) => url.searchParams.has(name))) return null
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decode)
  if (user === undefined || password === undefined || database === undefined) return null
  return { user, password, place: `${url.hostname}:${url.port || '5432'}/${database}` }
}

/** What the driver would take from the query in the place of what the address says before it. */
const ELSEWHERE = ['user', 'password', 'host', 'port', 'database', 'dbname']

/** @throws Error, without the text, when it is no address. */
export function placeOf(text: string): string {
  const address = readAddress(text)
  if (address === null) throw new Error('This is no PostgreSQL address.')
  return address.place
}

/** `undefined` for a percent sign that encodes nothing, as in `50%off`: PostgreSQL's driver would throw at it. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
