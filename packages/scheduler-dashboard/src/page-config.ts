/** What the server tells a page when it is opened; a block of JSON in its HTML. */
export interface PageConfig {
  /** The name of the host's product or team, shown first (default `Scheduler`). */
  readonly title: string
  /** Where this runs, plain to see on every page; `null` when the host does not say. */
  readonly environment: Badge | null
  /** Further pages of the host. */
  readonly links: readonly HostLink[]
  /** Changes with every build of the pages. */
  readonly build: string
  /** The host's schedulers, in its order. The API of one is at `api/<key>/admin` and `api/<key>/market-data` below the mount. */
  readonly schedulers: readonly { readonly key: string; readonly name: string }[]
  /** What the viewer may do. The API decides again at each request. */
  readonly may: { readonly admin: boolean; readonly marketData: boolean; readonly control: boolean }
  /** The viewer, as the control log will name them. */
  readonly viewer: string
  /** Where a viewer logs in again, and out; `null` when the host does not say. */
  readonly loginUrl: string | null
  readonly logoutUrl: string | null
  /** Which parts the host shows. */
  readonly parts: PageParts
  /** When the server made the page, in milliseconds since the epoch: the clock of the viewer may go wrong. */
  readonly servedAt: number
}

export interface Badge {
  readonly name: string
  /** `alarming` for production (default `calm`). */
  readonly tone: 'calm' | 'alarming'
}

export interface HostLink {
  readonly label: string
  readonly href: string
}

export interface PageParts {
  readonly admin: boolean
  readonly marketData: boolean
  readonly system: boolean
  /** Editing of policies, and backfills. */
  readonly configuration: boolean
}
