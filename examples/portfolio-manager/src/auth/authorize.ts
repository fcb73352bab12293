import type { Authorization, AuthorizationTarget } from '@pm/scheduler-core/http'
import type { Request } from 'express'

import { accountOf } from './gate.ts'

/**
 * The hook of the scheduler's routers, behind `identify`: an admin may do everything, an analyst may read the market-data
 * view. Other requests are refused. The principal is the account, so that limits and logs tell people apart.
 */
export function authorizeScheduler(request: Request, target: AuthorizationTarget): Authorization {
  const account = accountOf(request.res)
  if (account === null) return { allow: false, reason: 'unauthenticated' }
  const allowed = account.role === 'admin' || (target.view === 'market-data' && target.access === 'read')
  return allowed ? { allow: true, principal: { name: account.name } } : { allow: false, reason: 'forbidden' }
}
