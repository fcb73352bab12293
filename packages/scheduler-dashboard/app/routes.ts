import type { PageConfig } from './config.ts'
import { strings } from './strings/index.ts'

export type PageName = 'admin' | 'marketData' | 'system'

/** Every path of the pages, below the mount. Links are built here and nowhere else. */
export const routes = {
  admin: () => '/',
  marketData: () => '/market-data',
  /** In the query, since the name of a feed may be anything: a `.` would be no segment of a path. */
  feed: (provider: string, feed: string) => `/market-data${search({ feed, feed_provider: provider })}`,
  system: () => '/system',
  jobs: (query: Readonly<Record<string, string>> = {}) => `/system${search(query)}`,
  job: (job: string) => `/system/jobs/${segment(job)}`,
  runs: (query: Readonly<Record<string, string>> = {}) => `/system/runs${search(query)}`,
  run: (id: string) => `/system/runs/${segment(id)}`,
  audit: (query: Readonly<Record<string, string>> = {}) => `/system/audit${search(query)}`,
  charts: (query: Readonly<Record<string, string>> = {}) => `/system/charts${search(query)}`,
  instances: () => '/system/instances',
  resources: () => '/system/resources',
} as const

/** The query parameter that names the scheduler, when the host has several. */
export const SCHEDULER_PARAM = 'scheduler'

/** The same path for a scheduler that is not the host's first. */
export function forScheduler(path: string, key: string, config: PageConfig): string {
  if (key === config.schedulers[0]?.key) return path
  return `${path}${path.includes('?') ? '&' : '?'}${SCHEDULER_PARAM}=${encodeURIComponent(key)}`
}

/** The pages that this viewer may see and this host shows. */
export function pagesOf({ may, parts }: PageConfig): readonly { readonly page: PageName; readonly label: string }[] {
  const names = strings.shell.pages
  return [
    { page: 'admin' as const, label: names.admin, isShown: may.admin && parts.admin },
    { page: 'marketData' as const, label: names.marketData, isShown: may.marketData && parts.marketData },
    { page: 'system' as const, label: names.system, isShown: may.admin && parts.system },
  ].filter(({ isShown }) => isShown)
}

/** The text of a segment that the router hands over: it leaves `:` and other characters of addresses encoded. */
export function textOf(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function segment(text: string): string {
  return encodeURIComponent(text)
}

function search(query: Readonly<Record<string, string>>): string {
  const params = new URLSearchParams(query)
  return params.size === 0 ? '' : `?${params}`
}
