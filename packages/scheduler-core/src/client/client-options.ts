import { type Clock, systemClock } from '../clock.ts'
import type { StatusVersion } from '../contract/versions.ts'

export interface StatusClientOptions<V extends StatusVersion = StatusVersion> {
  /** The server's address, such as `https://ops.example.com`; in a browser `''` is the page's origin. */
  readonly baseUrl: string
  /** The version of the status that the server's routers are mounted with (default `v1`). */
  readonly version?: V
  /** The paths of the views on the server (default `/api/v1/admin/scheduler` and so on, with the version). */
  readonly paths?: Partial<ClientPaths>
  /** Sends the requests (default the platform's own). */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Headers of every request (default none). A function is called for each request, for tokens that change. */
  readonly headers?: HeadersOfClient
  /** How long an answer may take (default 10,000). */
  readonly timeoutMs?: number
  /** For time limits and waits (default the host's clock). */
  readonly clock?: Clock
}

export interface ClientPaths {
  readonly admin: string
  readonly marketData: string
  readonly health: string
}

export type HeadersOfClient =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>)

function pathsOf(version: StatusVersion): ClientPaths {
  const api = `/api/${version}`
  return { admin: `${api}/admin/scheduler`, marketData: `${api}/market-data/scheduler`, health: '' }
}

export type CheckedClientOptions = Required<StatusClientOptions> & { readonly paths: ClientPaths }

export function withClientDefaults({
  baseUrl,
  paths,
  version = 'v1',
  ...options
}: StatusClientOptions): CheckedClientOptions {
  return {
    // Called as a plain function: a browser's `fetch` cannot be called as a method of another object.
    fetch: (url, init) => fetch(url, init),
    headers: {},
    timeoutMs: 10_000,
    clock: systemClock,
    ...options,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    version,
    paths: { ...pathsOf(version), ...paths },
  }
}
