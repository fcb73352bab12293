import type { AdminHttpOptions } from '@pm/scheduler-core/http'

import type { Badge, HostLink, PageParts } from '../page-config.ts'
import type { Theme } from './theme.ts'

/** How the pages are mounted. `R` is the framework's own request. */
export interface DashboardOptions<R>
  extends Pick<
    AdminHttpOptions<R>,
    | 'authorize'
    | 'authorizeTimeoutMs'
    | 'control'
    | 'allowedOrigins'
    | 'commandLimits'
    | 'runLogUrl'
    | 'environment'
    | 'allowedHosts'
    | 'live'
    | 'onError'
    | 'clock'
  > {
  /** The name of the product or team, shown first on every page (default `Scheduler`). */
  readonly title?: string
  /** Where this runs, such as `{ name: 'staging' }`, plain to see on every page (default nothing). */
  readonly badge?: Partial<Badge> & Pick<Badge, 'name'>
  /** Further pages of the host, linked from every page (default none). */
  readonly links?: readonly HostLink[]
  /** Colours that replace ours (default none). */
  readonly theme?: Theme
  /** Which parts to show (default all). It hides, and does not forbid: `authorize` does that. */
  readonly parts?: Partial<PageParts>
  /**
   * The address where the viewer of a request logs in, or `null` when there is none (default none). Who opens a page
   * without a login is sent there with 303. One that begins with a slash is a path of this server as it sees itself:
   * behind a proxy that strips a prefix, the viewer stays under that prefix. Name a login elsewhere by its whole URL.
   */
  readonly login?: LoginHook<R>
  /** The page of the host where one logs out, linked from every page (default none). Its address is taken as that of `login`. */
  readonly logoutUrl?: string
  /**
   * The path of the mount as browsers see it, such as `/ops/admin`. Needed only behind a proxy that strips the whole
   * path of the mount (default: found from each request). The paths of `login` and `logoutUrl` are then as browsers see
   * them.
   */
  readonly basePath?: string
}

export type LoginHook<R> = (request: R, asked: LoginAsked) => string | null | Promise<string | null>

export interface LoginAsked {
  /** The path and query of the page that was asked for, as the server saw them. It always begins with one slash. */
  readonly returnTo: string
}
