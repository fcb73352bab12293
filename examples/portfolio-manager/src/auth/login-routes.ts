import type { Logger } from '@pm/scheduler-core'
import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express'

import type { Assets } from '../web/assets.ts'
import { linkPage } from '../web/pages/link-page.ts'
import { loginPage } from '../web/pages/login-page.ts'
import { logoutPage } from '../web/pages/logout-page.ts'
import { retryAfter, sendProblem } from '../web/problem.ts'
import type { Access, Identity } from './access.ts'
import type { Account } from './accounts.ts'
import { cookieOptions, LOGIN_COOKIE, readLoginCookie } from './login-cookie.ts'
import { type LoginFields, readLoginFields } from './login-fields.ts'
import { isFromOwnPage } from './own-page.ts'

/**
 * Login and logout. Nothing changes by a GET: the address of a login link shows a page with a button, so that what only
 * looks at links, such as the scanner of a mailbox, does not use them up. `to` is the page that somebody wanted to open. The
 * redirects are relative: a proxy may strip a prefix.
 */
export function loginRoutes({ access, assets, logger, allowedOrigins }: LoginRoutesOptions): Router {
  const router = Router()
  const form = urlencoded({ extended: false, limit: '4kb' })
  const ownPagesOnly: RequestHandler = (request, response, next) => {
    if (isFromOwnPage(request, allowedOrigins)) next()
    else sendProblem(response, 403)
  }

  router.use(['/login', '/logout'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })

  router.get('/login', (request, response) => {
    const { link, to } = readLoginFields(request.query)
    response.send(link === '' ? loginPage({ assets, to }) : linkPage({ assets, to, link }))
  })

  router.post('/login', ownPagesOnly, form, async (request, response) => {
    const fields = readLoginFields(request.body)
    const identity = await identityOf(access, fields, request.ip ?? '')
    if (identity.kind === 'account') return logIn({ request, response, account: identity.account, to: fields.to })
    logger.warn({ account: fields.account.slice(0, 32), address: request.ip, result: identity.kind }, 'no login')
    refuse(response, identity, fields)
  })

  router.get('/logout', (_request, response) => void response.send(logoutPage(assets)))

  router.post('/logout', ownPagesOnly, form, async (request, response) => {
    const session = readLoginCookie(request.get('cookie')) ?? ''
    const account = await access.logins.accountOf(session)
    const everywhere = (request.body as { everywhere?: unknown } | undefined)?.everywhere === 'yes'
    if (account !== null && everywhere) await access.logins.endAll(account)
    await access.logins.end(session)
    response.clearCookie(LOGIN_COOKIE, cookieOptions(request)).redirect(303, './login')
  })

  /** Every login has a session of its own, and the one that the browser had before ends. */
  async function logIn({ request, response, account, to }: LogInInput): Promise<void> {
    const session = await access.logins.begin(account)
    await access.logins.end(readLoginCookie(request.get('cookie')) ?? '')
    logger.info({ account: account.name, address: request.ip }, 'logged in')
    response.cookie(LOGIN_COOKIE, session, cookieOptions(request)).redirect(303, `.${to}`)
  }

  function refuse(response: Response, identity: Identity, { link, to }: LoginFields): void {
    const limited = identity.kind === 'limited'
    if (limited) response.set('Retry-After', retryAfter(identity.waitMs))
    const wrong = link === '' ? 'This account and token do not match.' : 'This link was used before, or has expired.'
    const problem = limited ? 'Too many attempts. Try again later.' : wrong
    response.status(limited ? 429 : 401).send(loginPage({ assets, to, problem }))
  }
  return router
}

export interface LoginRoutesOptions {
  readonly access: Access
  readonly assets: Assets
  readonly logger: Logger
  /** Origins of our pages behind a proxy that rewrites Host. */
  readonly allowedOrigins: readonly string[]
}

interface LogInInput {
  readonly request: Request
  readonly response: Response
  readonly account: Account
  readonly to: string
}

async function identityOf(access: Access, { link, account, token }: LoginFields, address: string): Promise<Identity> {
  return link === '' ? access.byToken({ name: account, token, address }) : access.byLink({ code: link, address })
}
