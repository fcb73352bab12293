import type { Request, RequestHandler, Response } from 'express'

import { sendProblem } from '../web/problem.ts'
import type { Access } from './access.ts'
import type { Account } from './accounts.ts'
import { readLoginCookie } from './login-cookie.ts'

/**
 * Finds out once per request who sends it, for every handler behind. After too many wrong bearer tokens of an address its
 * next are not checked and get 429. While neither the store nor the memory knows a session, its requests get 503.
 */
export function identify(access: Access): RequestHandler {
  return async (request, response, next) => {
    const identity = await access.identify({
      authorization: request.get('authorization'),
      session: readLoginCookie(request.get('cookie')),
      address: request.ip ?? '',
    })
    if (identity.kind === 'limited') return sendProblem(response, 429, identity.waitMs)
    response.locals[ACCOUNT] = identity.kind === 'account' ? identity.account : null
    next()
  }
}

/** Who sends the request; `null` for nobody that we know. */
export function accountOf(response: Response | undefined): Account | null {
  return (response?.locals[ACCOUNT] ?? null) as Account | null
}

/** Refuses requests of nobody. Handlers behind it read the account with `accountBehindGate`. */
export function gate(refuse: (request: Request, response: Response) => void = refuseApi): RequestHandler {
  return (request, response, next) => {
    if (accountOf(response) === null) refuse(request, response)
    else next()
  }
}

/** @throws Error when the route is mounted before the gate, which is a mistake in the wiring. */
export function accountBehindGate(response: Response): Account {
  const account = accountOf(response)
  if (account === null) throw new Error('This route is mounted before the gate.')
  return account
}

const ACCOUNT = 'account'

function refuseApi(_request: Request, response: Response): void {
  sendProblem(response, 401)
}
