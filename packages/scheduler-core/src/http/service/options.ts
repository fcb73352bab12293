import type { CommandLimits } from '../../budget/command-limits.ts'
import type { Clock } from '../../clock.ts'
import type { RunView } from '../../contract/run.ts'
import type { StatusVersion } from '../../contract/versions.ts'
import type { LiveOptions } from '../events/live-options.ts'
import type { HttpView } from '../guard/access.ts'
import type { Authorize, UnsafeAllowAll } from '../guard/authorize.ts'
import type { Deprecation } from './deprecation.ts'

/** One view of a scheduler over HTTP. `R` is the framework's own request. */
export type HttpServiceOptions<R> = AdminHttpOptions<R> | MarketDataHttpOptions<R> | HealthHttpOptions<R>

export interface AdminHttpOptions<R> extends GuardedOptions<R> {
  /** The reads and the commands of operations. */
  readonly view: 'admin'
  /** Serves the commands too: start, stop, pause, run a job (default false). */
  readonly control?: boolean
  /**
   * Origins, such as `https://ops.example.com`, whose pages may send commands beside the server's own (default none).
   */
  readonly allowedOrigins?: readonly string[]
  /**
   * How often a principal may command (default those of the scheduler: 60 a minute and 20 at once, over all its routers).
   */
  readonly commandLimits?: CommandLimits
  /**
   * Where the host has the logs of a run, as an http:, https: or relative URL of at most 2,048 characters; `null` where
   * there is none (default: for no run). It is called for every run of an answer, whose `log_url` is still `null`, and
   * must be fast. An error or any other answer makes `null` of the URL and goes to `onError`, once for each request.
   */
  readonly runLogUrl?: (run: RunView) => string | null
}

export interface MarketDataHttpOptions<R> extends GuardedOptions<R> {
  /** The reads of the data's users. */
  readonly view: 'market-data'
}

/** Probes are open: everybody gets pass or fail, and nothing else. */
export interface HealthHttpOptions<R> extends CommonOptions {
  /** The probes. */
  readonly view: 'health'
  /** Callers that it lets in also get the reasons, as machine codes (default nobody). It keeps nobody out. */
  readonly authorize?: Authorize<R>
  /** How long `authorize` may take before its caller is anonymous (default 5,000). */
  readonly authorizeTimeoutMs?: number
}

export interface GuardedOptions<R> extends CommonOptions {
  /** Decides every request before anything is answered. */
  readonly authorize: Authorize<R> | UnsafeAllowAll
  /** How long `authorize` may take before it denies (default 5,000). */
  readonly authorizeTimeoutMs?: number
  /**
   * The environment, as `NODE_ENV` has it (default unknown). `unsafeAllowAll` works only in `development` and `test`, and
   * not where `NODE_ENV` itself says something else.
   */
  readonly environment?: string
  /**
   * The hosts, such as `ops.example.com` or `10.0.0.7:3000`, to which requests may be sent; those of the loopback
   * interface always may (default: any with a login, and with `unsafeAllowAll` those of the loopback interface alone).
   */
  readonly allowedHosts?: readonly string[]
  /** The version of the status and of its events (default `v1`, whose two responses are frozen). */
  readonly version?: StatusVersion
  /** The value of a rate of `/status` in version 1 where nothing was counted (default `null`). */
  readonly emptyRate?: null | 0
  /** Announces in every answer that this router is deprecated (default: it does not). */
  readonly deprecation?: Deprecation
  /** How `/events` behaves (default as `LiveOptions` says). */
  readonly live?: LiveOptions
}

export interface CommonOptions {
  /**
   * Called with every failure that is answered 5xx, and every failure of `authorize` and `runLogUrl` (default none).
   * Streams and questions that are refused (`TOO_MANY_STREAMS`, `SHUTTING_DOWN`, `READS_BUSY`) are counted for 10 s and
   * reported together.
   */
  readonly onError?: (error: unknown, failure: RequestFailure) => void
  /** For the time limits (default the host's clock). */
  readonly clock?: Clock
}

export interface RequestFailure {
  readonly view: HttpView
  /** The id of the route. */
  readonly route: string
  /** The name of the scheduler; `null` of a page that shows several. */
  readonly scheduler: string | null
  /** The job and the run that the path names, where it names one. */
  readonly job?: string
  readonly runId?: string
  /** How many streams or questions were refused for this reason; only of those. */
  readonly count?: number
}
