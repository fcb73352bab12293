import { systemClock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import { createEventHub } from '../events/event-hub.ts'
import { createFramesV1 } from '../events/frames-v1.ts'
import { createFramesV2 } from '../events/frames-v2.ts'
import { withLiveDefaults } from '../events/live-options.ts'
import { createScopedHubs } from '../events/scoped-hubs.ts'
import { createStatusAnswers } from '../events/status-answers.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import type { JobScope } from '../guard/job-scope.ts'
import type { Route } from '../routes/route.ts'
import { scopeScheduler } from '../scope/scoped-scheduler.ts'
import { createScopedSnapshots } from '../scope/scoped-snapshot.ts'
import { checkOptions } from './check-options.ts'
import { announce } from './deprecation.ts'
import { createDispatch, type Seen } from './dispatch.ts'
import { documentOnce } from './document-once.ts'
import type { GuardedOptions, HttpServiceOptions } from './options.ts'
import { projectionOf, routesOf } from './views-of.ts'

/** The routes of one view, for any framework to hand its requests to. */
export interface HttpService<R> {
  readonly routes: readonly Route[]
  /** The paths of the routes, each once. An adapter hands over every method on each of them. */
  readonly paths: readonly string[]
  /**
   * Further names of some of the paths, which hold only where the service is mounted below a prefix: there `/live` is
   * `/health/live`, so that `/health` can be the prefix.
   */
  readonly namesBelowPrefix: ReadonlyMap<string, string>
  /** Answers a request on one of the paths. Never rejects. */
  answer(call: HttpCall<R>): Promise<PlainResponse>
  /** Ends every event stream, and refuses new ones. Call it before you close a server that outlives its scheduler. */
  closeStreams(): void
  /** Answers a path that is none of them: 404, and only to callers that `authorize` lets in. Never rejects. */
  refuseUnknown(call: UnmatchedCall<R>): Promise<PlainResponse>
  /** Answers a path that cannot be decoded: 400, and only to callers that `authorize` lets in. Never rejects. */
  refuseMalformed(call: UnmatchedCall<R>): Promise<PlainResponse>
}

/** A request on a path that is none of the routes. */
export type UnmatchedCall<R> = Omit<HttpCall<R>, 'path'>

export interface HttpCall<R> {
  readonly path: string
  readonly request: PlainRequest
  /** The framework's own request, as `authorize` gets it. */
  readonly native: R
}

/**
 * Serves the routes of a view. Throws `INVALID_OPTIONS` for an invalid option and for a missing `authorize`, where it
 * is needed.
 */
export function createHttpService<R>(scheduler: Scheduler, given: HttpServiceOptions<R>): HttpService<R> {
  const options = checkOptions(given)
  const routes = routesOf({ ...options, declared: scheduler })
  const byPath = Map.groupBy(routes, ({ path }) => path)
  const statusOf = createStatusAnswers(projectionOf(options))
  const { view, clock = systemClock } = options
  const {
    version = 'v1',
    deprecation,
    live = {},
  }: Partial<GuardedOptions<R>> = options.view === 'health' ? {} : options
  const frames = view !== 'health' && version === 'v2' ? createFramesV2(view, statusOf) : createFramesV1(statusOf)
  const streams = { frames, clock, live: withLiveDefaults(live) }
  const events = createEventHub({ scheduler, ...streams })
  const scopedHubs = createScopedHubs({ main: events, ...streams })
  const snapshotWithin = createScopedSnapshots()
  const documented = { view, version, routes, isDeprecated: deprecation !== undefined }
  const withDeprecation = deprecation ? announce(deprecation) : unchanged
  const everything = { scheduler, events, openApi: documentOnce(documented, scheduler) }

  function seenBy(jobs: JobScope | null): Seen {
    if (jobs === null || view === 'health') return everything
    const scoped = scopeScheduler({ scheduler, scope: jobs, snapshotWithin })
    return { scheduler: scoped, events: scopedHubs.of(scoped), openApi: documentOnce(documented, scoped) }
  }

  const { dispatch, refuse, reportRefused } = createDispatch(scheduler, { options, statusOf, seenBy })
  return {
    routes,
    paths: [...byPath.keys()],
    namesBelowPrefix: new Map(view === 'health' ? [...byPath.keys()].map((path) => [withoutHealth(path), path]) : []),
    answer({ path, request, native }) {
      const response = dispatch({ routes: byPath.get(path) ?? [], request, native })
      return request.method === 'HEAD'
        ? response.then(withoutBody).then(withDeprecation)
        : response.then(withDeprecation)
    },
    closeStreams() {
      events.close()
      scopedHubs.close()
      reportRefused()
    },
    refuseUnknown: (call) => refuse(call, new SchedulerError('NOT_FOUND', {})).then(withDeprecation),
    refuseMalformed: (call) => refuse(call, new SchedulerError('INVALID_REQUEST', MALFORMED)).then(withDeprecation),
  }
}

const MALFORMED = { path: 'path', expected: 'valid percent-encoding' } as const

function withoutHealth(path: string): string {
  return path.replace(/^\/health/, '')
}

function unchanged(response: PlainResponse): PlainResponse {
  return response
}

function withoutBody({ stream, ...response }: PlainResponse): PlainResponse {
  stream?.closed()
  return { ...response, body: null }
}
