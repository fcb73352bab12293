import { isSchedulerError, systemClock } from '@pm/scheduler-core'
import { type AuthorizationTarget, admit, type Principal } from '@pm/scheduler-core/http'

import type { DashboardOptions } from '../options/dashboard-options.ts'

/** What the host's hook said: the viewer, or why not. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly principal: Principal }
  | { readonly kind: 'unauthenticated' | 'forbidden' }

/** The views that have pages. */
export type PageAudience = 'admin' | 'market-data'

/** Asks the host's hook about pages, under the rules of the routes: a hook that throws or hangs denies. */
export interface Door<R> {
  mayOpen(native: R, audience: PageAudience): Promise<Verdict>
  /** Whether the viewer may give commands, asked for the one that does least harm. Never without `control`. */
  mayControl(native: R): Promise<boolean>
}

export function createDoor<R>(options: DashboardOptions<R>): Door<R> {
  const { authorize, authorizeTimeoutMs: timeoutMs = 5_000, clock = systemClock, control = false, onError } = options

  async function ask(native: R, target: AuthorizationTarget): Promise<Verdict> {
    const onFailure = (error: unknown) => report({ onError, view: target.view }, error)
    try {
      return {
        kind: 'allowed',
        principal: (await admit({ native, target }, { authorize, timeoutMs, clock, onFailure })).principal,
      }
    } catch (refusal) {
      return { kind: isSchedulerError(refusal, 'UNAUTHENTICATED') ? 'unauthenticated' : 'forbidden' }
    }
  }

  return {
    mayOpen: (native, view) => ask(native, { view, action: 'open-page', access: 'read', job: null }),
    async mayControl(native) {
      if (!control) return false
      const verdict = await ask(native, { view: 'admin', action: 'pause', access: 'control', job: null })
      return verdict.kind === 'allowed'
    },
  }
}

export interface Reporting {
  readonly onError: DashboardOptions<never>['onError']
  readonly view: AuthorizationTarget['view']
}

/** Reports an error to the host. An error of its listener is dropped: the request is answered all the same. */
export function report({ onError, view }: Reporting, error: unknown): void {
  try {
    onError?.(error, { view, route: 'openPage', scheduler: null })
  } catch {}
}
