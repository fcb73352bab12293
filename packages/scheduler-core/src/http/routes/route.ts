import * as z from 'zod'

import type { Clock } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import { fieldsNamedIn } from '../../options/known-fields.ts'
import { joinPath, valueAt } from '../../options/paths.ts'
import { suggestionFor } from '../../options/suggest.ts'
import type { SnapshotReading } from '../../reading/snapshot.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { EventHub } from '../events/event-hub.ts'
import type { StatusAnswers } from '../events/status-answers.ts'
import { parseQuery } from '../exchange/parse-query.ts'
import { readJsonBody } from '../exchange/read-json-body.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { PlainResponse } from '../exchange/response.ts'
import type { TaggedDocument } from '../exchange/tagged-document.ts'
import { type WireTerms, whatCame } from '../exchange/wire-terms.ts'
import type { Principal, RouteAccess, RouteAction } from '../guard/access.ts'
import type { LogUrlOf } from '../views/log-urls.ts'

/** One route, as data, for adapters, the OpenAPI document and the reference page. */
export interface Route {
  /** Unique in its view. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the mount point; a segment that begins with a colon is a parameter. */
  readonly path: string
  readonly access: RouteAccess
  readonly action: RouteAction
  /**
   * Whether the answer comes out of the budget of questions, so that it may be refused 422, 429 and 503 (default false:
   * it is a command, or of the snapshot, or the store is not asked).
   */
  readonly isBudgeted?: boolean
  readonly query: z.ZodType | null
  /** Whether it answers for the job alone that `?job=` names, so that `authorize` is asked about that job (default false). */
  readonly isOfAskedJob?: boolean
  readonly body: z.ZodType | null
  /**
   * The media type of answers that are no problem (default `application/json`). The schema of an event stream is that
   * of its data.
   */
  readonly mediaType?: 'text/event-stream'
  /** The schema of each answer that is no problem, by status; `null` where there is no body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>
  /** Schemas of this route that replace those of the same names in the router's document. */
  readonly named?: Readonly<Record<string, z.ZodType>>
  /** Throws a `SchedulerError`, which is answered as a problem. */
  readonly handler: (context: RouteContext) => Promise<PlainResponse>
}

/** What a handler may use. */
export interface RouteContext {
  /** As the caller sees it: with the jobs alone that `authorize` allowed. */
  readonly scheduler: Scheduler
  readonly request: PlainRequest
  readonly principal: Principal
  readonly clock: Clock
  /** The answer to `/status`, serialized once for each snapshot. */
  readonly statusOf: (reading: SnapshotReading) => StatusAnswers
  /** The event stream of the view. */
  readonly events: Pick<EventHub, 'connect'>
  /** The document of the router's own routes. */
  readonly openApi: () => TaggedDocument
  /**
   * Whether the caller may do this with a job that the path does not name. Asks the host's hook about that job (default
   * with the action and access of the route).
   */
  readonly mayFor: (job: string, asked?: Partial<Pick<Route, 'action' | 'access'>>) => Promise<boolean>
  /** Made for each request: it reports the first failure of the host's hook. */
  readonly logUrlOf: LogUrlOf
}

/** A route with its input still typed. */
export interface RouteSpec<Q, B> extends Omit<Route, 'query' | 'body' | 'handler'> {
  /** Without it every parameter is refused. */
  readonly query?: z.ZodType<Q>
  /** Whether parameters that are not in `query` are ignored, as the frozen responses do (default false). */
  readonly ignoresQuery?: boolean
  /** Without it the body is ignored. */
  readonly body?: z.ZodType<B>
  readonly handler: (input: RouteInput<Q, B>, context: RouteContext) => Promise<PlainResponse>
}

export interface RouteInput<Q, B> {
  readonly query: Q
  readonly body: B
}

/** Binds a handler to the schemas of its input. The handler is called only with input that has passed them. */
export function defineRoute<Q = undefined, B = undefined>(spec: RouteSpec<Q, B>): Route {
  const { query, body, ignoresQuery = false, ...rest } = spec
  const accepted = query ?? (ignoresQuery ? null : NO_PARAMETERS)
  return {
    ...rest,
    query: query ?? null,
    body: body ?? null,
    async handler(context) {
      const { request } = context
      return spec.handler(
        {
          query: (accepted ? check<unknown>(accepted, parseQuery(request.query), 'query') : undefined) as Q,
          body: body ? check(body, await readJsonBody(request), 'body') : (undefined as B),
        },
        context,
      )
    },
  }
}

const NO_PARAMETERS = z.strictObject({})

function check<T>(schema: z.ZodType<T>, value: unknown, where: 'query' | 'body'): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const { issues } = result.error
  const unknown = issues.find((one) => one.code === 'unrecognized_keys')
  if (where === 'query' && unknown) throw unknownParameter(unknown.keys, schema)
  const [issue] = issues
  const path = joinPath(where, issue?.path ?? [])
  const expected = issue?.message ?? 'something else'
  throw new SchedulerError('INVALID_REQUEST', { path, expected, ...(issue && cameFor(issue, value)) })
}

/** What came instead, and what was probably meant. A name that is unknown has no value to tell. */
function cameFor(issue: z.core.$ZodIssue, whole: unknown): Pick<WireTerms, 'received' | 'suggestion'> {
  if (issue.code === 'unrecognized_keys') return fieldMeantBy(issue)
  const value = valueAt(whole, issue.path)
  return { received: whatCame(value), ...meantBy(issue, value) }
}

/** Says which parameters there are. The name of the unknown one is a caller's text, which is in no answer. */
function unknownParameter([name = '']: readonly string[], schema: z.ZodType): SchedulerError {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const expected = known.length === 0 ? 'no parameters' : `no parameters but ${known.join(', ')}`
  const meant = suggestionFor(name.slice(0, 64), known)
  return new SchedulerError('INVALID_REQUEST', { path: 'query', expected, ...meant })
}

/** A field of those that the message of `onlyFields` names. */
function fieldMeantBy({
  keys: [name = ''],
  message,
}: z.core.$ZodIssueUnrecognizedKeys): ReturnType<typeof suggestionFor> {
  return suggestionFor(name.slice(0, 64), fieldsNamedIn(message))
}

/** The suggestion of a schema that knows its words itself. */
function suggestedBy({ params }: z.core.$ZodIssueCustom): ReturnType<typeof suggestionFor> {
  const suggestion = params?.['suggestion']
  return typeof suggestion === 'string' ? { suggestion } : {}
}

/** A suggestion, where one of several words was expected. It says no more than the schema does. */
function meantBy(issue: z.core.$ZodIssue, given: unknown): ReturnType<typeof suggestionFor> {
  if (issue.code === 'custom') return suggestedBy(issue)
  if (issue.code !== 'invalid_value') return {}
  return typeof given === 'string' ? suggestionFor(given, issue.values.map(String)) : {}
}
