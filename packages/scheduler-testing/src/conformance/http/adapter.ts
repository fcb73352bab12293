import type { Scheduler } from '@pm/scheduler-core'
import type { AdminHttpOptions, HealthHttpOptions, MarketDataHttpOptions } from '@pm/scheduler-core/http'

/** How the suite's `authorize` looks at a request, whatever the framework's own is: a header by its lower-case name. */
export type ReadHeader = (name: string) => string | null

/** The three views of one scheduler, as the suite wants them served. */
export interface HttpMounts {
  readonly scheduler: Scheduler
  readonly admin: Omit<AdminHttpOptions<ReadHeader>, 'view'>
  readonly marketData: Omit<MarketDataHttpOptions<ReadHeader>, 'view'>
  readonly health: Omit<HealthHttpOptions<ReadHeader>, 'view'>
}

/** A running server, and where each view begins on it: without a slash at the end. */
export interface HttpServer {
  readonly adminUrl: string
  readonly marketDataUrl: string
  readonly healthUrl: string
  close(): Promise<void>
}

/** What the suite drives: serves the views on the loopback interface. */
export type ServeHttp = (mounts: HttpMounts) => Promise<HttpServer>

/**
 * Which stories are told: `whole`, every one of them; or `mount`, those that another way of mounting can break, which is
 * how paths, bodies, headers, streams, errors and callers come through. The others are about what every mount shares.
 */
export type HttpScope = 'whole' | 'mount'
