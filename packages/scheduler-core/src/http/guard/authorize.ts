import { type Clock, within } from '../../clock.ts'
import { AN_ACTOR, isActorName } from '../../control/actor-name.ts'
import { SchedulerError } from '../../errors.ts'
import { callSafely } from '../../host/call-safely.ts'
import type { AuthorizationTarget, Principal } from './access.ts'
import { type AllowedJobs, type JobScope, readJobScope } from './job-scope.ts'

/**
 * `jobs`: all that the principal is told of and may act on (default every job). Lists, counts and events are of these
 * jobs alone, and what concerns all jobs together, such as to stop the scheduler, is refused.
 *
 * `unauthenticated`: the caller is unknown, answered 401. `forbidden`: known, and may not, answered 403.
 */
export type Authorization =
  | { readonly allow: true; readonly principal: Principal; readonly jobs?: AllowedJobs }
  | { readonly allow: false; readonly reason: 'unauthenticated' | 'forbidden' }

/**
 * Decides about every request; `R` is the framework's own. A hook that throws, takes longer than the limit, or returns
 * anything but a permission denies; so does a verdict that throws when it is read.
 */
export type Authorize<R> = (request: R, target: AuthorizationTarget) => Authorization | Promise<Authorization>

/**
 * Lets everybody do everything. For development: works only where the environment is `development` or `test`, and only
 * for requests to a host of `allowedHosts`. No copy of it does.
 */
export const unsafeAllowAll = Object.freeze({ kind: 'unsafe-allow-all' })
export type UnsafeAllowAll = typeof unsafeAllowAll

export interface GuardOptions<R> {
  /** The host's hook. */
  readonly authorize: Authorize<R> | UnsafeAllowAll
  /** How long the hook may take before it denies. */
  readonly timeoutMs: number
  /** For that limit. */
  readonly clock: Clock
  /** Called when the hook throws, takes too long, or allows something under a name or for jobs that are none. */
  readonly onFailure: (error: unknown, target: AuthorizationTarget) => void
}

export interface Admission<R> {
  readonly native: R
  readonly target: AuthorizationTarget
}

/** A caller that was let in. */
export interface Admitted {
  readonly principal: Principal
  /** The jobs that the caller is told of; `null`: all. */
  readonly jobs: JobScope | null
}

/** Resolves with the caller, or throws `UNAUTHENTICATED` or `FORBIDDEN`. */
export async function admit<R>(admission: Admission<R>, options: GuardOptions<R>): Promise<Admitted> {
  const { authorize } = options
  if (authorize === unsafeAllowAll) return EVERYBODY
  const verdict = await ask(admission, options)
  if (verdict.kind === 'allowed') return verdict.admitted
  throw new SchedulerError(verdict.kind === 'unauthenticated' ? 'UNAUTHENTICATED' : 'FORBIDDEN', {})
}

/** The principal of a request that was not authenticated. */
export const ANONYMOUS: Principal = Object.freeze({ name: 'anonymous' })

const EVERYBODY: Admitted = Object.freeze({ principal: ANONYMOUS, jobs: null })

type Verdict =
  | { readonly kind: 'allowed'; readonly admitted: Admitted }
  | { readonly kind: 'unauthenticated' | 'forbidden' }

const FORBIDDEN: Verdict = { kind: 'forbidden' }

/** The verdict of the hook, a denial when it gave none. Only an asynchronous hook costs a timer. */
async function ask<R>(
  { native, target }: Admission<R>,
  { authorize, clock, timeoutMs, onFailure }: GuardOptions<R>,
): Promise<Verdict> {
  try {
    const answer: unknown = Reflect.apply(authorize as Authorize<R>, undefined, [native, target])
    if (!isPromiseLike(answer)) return read(answer)
    const promised = Promise.resolve(answer)
    if (await within(clock, timeoutMs, promised)) return read(await promised)
    onFailure(new Error(`authorize took over ${timeoutMs} ms`), target)
  } catch (error) {
    onFailure(error, target)
  }
  return FORBIDDEN
}

/**
 * Copies a verdict, and reads each property once: one that answers something else the second time, or throws, is the
 * host's mistake, and must not let anybody in.
 */
function read(answer: unknown): Verdict {
  if (!isObject(answer)) return FORBIDDEN
  const { allow, reason, principal, jobs: named }: Partial<Read> = answer
  for (const each of [allow, reason, principal, named]) ignoreRejection(each)
  if (allow !== true) return reason === 'unauthenticated' ? { kind: 'unauthenticated' } : FORBIDDEN
  const name = isObject(principal) && 'name' in principal ? principal.name : undefined
  if (!isActorName(name)) throw new TypeError(`authorize has to name the principal: ${AN_ACTOR}`)
  const caller = { principal: Object.freeze({ name }) }
  // `jobs: undefined` denies: a list that the host has not found must not become every job.
  if (!('jobs' in answer)) return { kind: 'allowed', admitted: { ...caller, jobs: null } }
  const jobs = readJobScope(named)
  if (jobs === null) throw new TypeError('authorize has to say "jobs" as names or as a function')
  return { kind: 'allowed', admitted: { ...caller, jobs } }
}

interface Read {
  readonly allow: unknown
  readonly reason: unknown
  readonly principal: unknown
  readonly jobs: unknown
}

/** A promise that the hook forgot to await denies, and its rejection must not end the process. */
function ignoreRejection(value: unknown): void {
  callSafely(
    () => value,
    () => {},
  )
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && 'then' in value && typeof value.then === 'function'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
