import type { PageAudience } from '../access/door.ts'
import type { PageParts } from '../page-config.ts'

/** A page, whose deeper paths the script of the pages understands. */
export interface Page {
  readonly part: 'admin' | 'marketData' | 'system'
  readonly audience: PageAudience
  /** The address of its beginning below the mount. */
  readonly address: string
  readonly label: string
}

export const PAGES = [
  { part: 'admin', audience: 'admin', address: './', label: 'Operations' },
  { part: 'marketData', audience: 'market-data', address: 'market-data', label: 'Market data' },
  { part: 'system', audience: 'admin', address: 'system', label: 'System' },
] as const satisfies readonly Page[]

const [OPERATIONS, MARKET_DATA, SYSTEM] = PAGES

/** The page of each first segment of a path. */
const BY_SEGMENT: ReadonlyMap<string, Page> = new Map<string, Page>([
  ['market-data', MARKET_DATA],
  ['system', SYSTEM],
  ['jobs', SYSTEM],
  ['runs', SYSTEM],
])

/** The page of a path below the mount, or `null`. Case matters, as it does to the routes. */
export function pageOf(path: string, parts: PageParts): Page | null {
  const page = path === '' || path === '/' ? OPERATIONS : (BY_SEGMENT.get(path.split('/')[1] ?? '') ?? null)
  return page && parts[page.part] ? page : null
}
