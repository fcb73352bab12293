import type { PageConfig } from '../src/page-config.ts'

export type { PageConfig }

/** What the server wrote into the page. Throws when the block is missing: then the page is not from this server. */
export function readConfig(from: Document): PageConfig {
  const text = from.getElementById('page-config')?.textContent
  const given: unknown = text ? JSON.parse(text) : null
  if (!isConfig(given)) throw new Error('The page has no valid block "page-config".')
  return given
}

function isConfig(given: unknown): given is PageConfig {
  if (typeof given !== 'object' || given === null) return false
  const { title, build, schedulers, may, parts, servedAt } = given as Partial<PageConfig>
  const isComplete =
    typeof title === 'string' &&
    typeof build === 'string' &&
    typeof servedAt === 'number' &&
    may !== undefined &&
    parts !== undefined
  return isComplete && Array.isArray(schedulers) && schedulers.length > 0
}

/** The path below which everything of the mount is, without a slash at its end. */
export function mountPath(from: Document): string {
  return new URL(from.baseURI).pathname.replace(/\/+$/, '')
}
