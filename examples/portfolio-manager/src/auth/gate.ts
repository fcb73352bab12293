import type { IncomingMessage } from 'node:http'

import type { Request, RequestHandler, Response } from 'express'

import { sendProblem } from '../web/problem.ts'
import type { Access, Role } from './access.ts'

/** The role of a request. */
export function roleOfRequest(access: Access, request: IncomingMessage): Role | null {
  const { authorization, cookie } = request.headers
  return access.roleOf({ authorization, cookie })
}

/** Refuses requests without a role. Handlers behind it read the role with `roleBehindGate`. */
export function gate(
  access: Access,
  refuse: (request: Request, response: Response) => void = refuseApi,
): RequestHandler {
  return (request, response, next) => {
    const role = roleOfRequest(access, request)
    if (role === null) return refuse(request, response)
    response.locals[ROLE] = role
    next()
  }
}

/** @throws Error when the route is mounted before the gate, which is a mistake in the wiring. */
export function roleBehindGate(response: Response): Role {
  const role: unknown = response.locals[ROLE]
  if (role === 'admin' || role === 'analyst') return role
  throw new Error('This route is mounted before the gate.')
}

const ROLE = 'role'

function refuseApi(_request: Request, response: Response): void {
  sendProblem(response, 401)
}
