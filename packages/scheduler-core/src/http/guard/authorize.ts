import { type Clock, within } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import type { AuthorizationTarget, Principal } from './access.ts'

/** `unauthenticated`: the caller is unknown, answered 401. `forbidden`: known, and may not, answered 403. */
export type Authorization =
  | { readonly allow: true; readonly principal: Principal }
  | { readonly allow: false; readonly reason: 'unauthenticated' | 'forbidden' }

/**
 * Decides about every request; `R` is the framework's own. A hook that throws, takes longer than the limit, or returns
 * anything but a permission denies.
 */
export type Authorize<R> = (request: R, target: AuthorizationTarget) => Authorization | Promise<Authorization>

/** Lets everybody do everything. For development: refused where the environment is `production` or unknown. */
export const unsafeAllowAll = { kind: 'unsafe-allow-all' } as const
export type UnsafeAllowAll = typeof unsafeAllowAll

export interface GuardOptions<R> {
  /** The host's hook. */
  readonly authorize: Authorize<R> | UnsafeAllowAll
  /** How long the hook may take before it denies. */
  readonly timeoutMs: number
  /** For that limit. */
  readonly clock: Clock
  /** Called when the hook throws, or takes too long. */
  readonly onFailure: (error: unknown, target: AuthorizationTarget) => void
}

export interface Admission<R> {
  readonly native: R
  readonly target: AuthorizationTarget
}

/** Resolves with the principal, or throws `UNAUTHENTICATED` or `FORBIDDEN`. */
export async function admit<R>({ native, target }: Admission<R>, options: GuardOptions<R>): Promise<Principal> {
  const { authorize } = options
  if (typeof authorize !== 'function') return ANONYMOUS
  const verdict = await ask(() => authorize(native, target), target, options)
  if (isPermission(verdict)) return verdict.principal
  throw new SchedulerError(isUnauthenticated(verdict) ? 'UNAUTHENTICATED' : 'FORBIDDEN', {})
}

/** The principal of a request that was not authenticated. */
export const ANONYMOUS: Principal = Object.freeze({ name: 'anonymous' })

/** The verdict of the hook, or `null` when it gave none. Only an asynchronous hook costs a timer. */
async function ask<R>(
  hook: () => unknown,
  target: AuthorizationTarget,
  { clock, timeoutMs, onFailure }: GuardOptions<R>,
): Promise<unknown> {
  try {
    const answer = hook()
    if (!isPromiseLike(answer)) return answer
    const promised = Promise.resolve(answer)
    if (await within(clock, timeoutMs, promised)) return await promised
    onFailure(new Error(`authorize took over ${timeoutMs} ms`), target)
  } catch (error) {
    onFailure(error, target)
  }
  return null
}

function isPermission(verdict: unknown): verdict is { readonly principal: Principal } {
  if (!isObject(verdict) || !('allow' in verdict) || verdict.allow !== true) return false
  if (!('principal' in verdict) || !isObject(verdict.principal) || !('name' in verdict.principal)) return false
  const { name } = verdict.principal
  return typeof name === 'string' && name.length > 0
}

function isUnauthenticated(verdict: unknown): boolean {
  return isObject(verdict) && 'reason' in verdict && verdict.reason === 'unauthenticated'
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return isObject(value) && 'then' in value && typeof value.then === 'function'
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
