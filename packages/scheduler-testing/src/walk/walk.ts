import type { RouteSelection } from '@pm/scheduler-core/http'

/** A view of the host that has a login. The probes have none. */
export type WalkedView = 'admin' | 'market-data'

export interface WalkRequest {
  readonly view: WalkedView
  readonly method: string
  /** Below the mount of the view, with its query, exactly as it has to go over the wire. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** The body; `null` for none. */
  readonly body: string | null
}

export interface WalkAnswer {
  readonly status: number
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The whole body; of a stream of events the first event. */
  readonly text: string
}

/** What identifies a caller to the host, such as `{ authorization: 'Bearer …' }` or a cookie. */
export type Credentials = Readonly<Record<string, string>>

/** Somebody who is told of some jobs only. */
export interface ScopedCaller {
  readonly credentials: Credentials
  /** A job of theirs. */
  readonly job: string
  /** A job that there is and of which they are not told. */
  readonly otherJob: string
  /** A run of that other job, where there is one. */
  readonly otherRunId?: string
  /** Texts that no answer to them may contain: names of other jobs, of their owners, and what is in their runs. */
  readonly unseen: readonly string[]
}

export interface WalkOptions {
  /** Sends a request to the host and does nothing to it: no redirect is followed, no path is normalised. */
  readonly send: (request: WalkRequest) => Promise<WalkAnswer>
  /** Which routes the host has, by view: the options of each router fit. */
  readonly views: Partial<Readonly<Record<WalkedView, Omit<RouteSelection, 'view'>>>>
  /** A job that there is. */
  readonly job: string
  /** A run that there is. */
  readonly runId: string
  /** Whoever may do nothing, by a name for the report: with no credentials, with wrong ones, and without the right. */
  readonly refused: Readonly<Record<string, Credentials>>
  /** Somebody who may read everything and command nothing (default: not walked). */
  readonly reader?: Credentials
  /** Somebody who may do everything, in whose browser a page of another site sends commands (default: not walked). */
  readonly operator?: Credentials
  /** Somebody who is told of some jobs only (default: not walked). */
  readonly scoped?: ScopedCaller
  /** Further paths of the host that need a login, such as those of pages: walked by GET and HEAD (default none). */
  readonly paths?: Partial<Readonly<Record<WalkedView, readonly string[]>>>
}

/** The parts of a walk. */
export const WALK_STORIES = ['authorization', 'control', 'cross-site', 'scope'] as const
export type WalkStory = (typeof WALK_STORIES)[number]

/** A request that got more than it may. */
export interface AdmittedRequest {
  readonly story: WalkStory
  readonly caller: string
  /** Method, view and path. */
  readonly request: string
  readonly status: number
  readonly why: string
}

export interface WalkReport {
  /** How many requests were sent, by story. */
  readonly sent: Readonly<Record<WalkStory, number>>
  /** Empty when the host refused all that it has to refuse. */
  readonly admitted: readonly AdmittedRequest[]
}
