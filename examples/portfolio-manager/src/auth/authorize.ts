import type { Authorization, AuthorizationTarget } from '@pm/scheduler-core/http'
import type { Request } from 'express'

import type { Access } from './access.ts'
import { roleOfRequest } from './gate.ts'

/**
 * The hook of the scheduler's routers: an admin may do everything, an analyst may read the market-data view. Other
 * requests are refused.
 */
export function schedulerAuthorize(access: Access) {
  return (request: Request, target: AuthorizationTarget): Authorization => {
    const role = roleOfRequest(access, request)
    if (role === null) return { allow: false, reason: 'unauthenticated' }
    const allowed = role === 'admin' || (target.view === 'market-data' && target.access === 'read')
    return allowed ? { allow: true, principal: { name: role } } : { allow: false, reason: 'forbidden' }
  }
}
