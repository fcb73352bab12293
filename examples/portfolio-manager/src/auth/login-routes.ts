import { type CookieOptions, type Request, type Response, Router, urlencoded } from 'express'

import type { Assets } from '../web/assets.ts'
import { loginPage } from '../web/pages/login-page.ts'
import { logoutPage } from '../web/pages/logout-page.ts'
import { sendProblem } from '../web/problem.ts'
import { type Access, LOGIN_COOKIE } from './access.ts'

/**
 * Login by link or form, and logout. A login link sets a cookie and redirects, so that the token does not stay in the
 * address bar. `to` is the page that somebody wanted to open. The redirects are relative: a proxy may strip a prefix.
 */
export function loginRoutes({ access, assets }: { readonly access: Access; readonly assets: Assets }): Router {
  const router = Router()

  const logIn = ({ token, to }: LoginFields, response: Response) => {
    response.set('Cache-Control', 'no-store')
    const role = access.roleOfToken(token)
    if (role === null) response.status(401).send(loginPage({ assets, to, problem: 'This token is not valid.' }))
    else response.cookie(LOGIN_COOKIE, access.sessionOf(role), COOKIE).redirect(303, `.${to}`)
  }

  router.get('/login', (request, response) => {
    const fields = fieldsOf(request.query)
    if (typeof request.query['token'] === 'string') logIn(fields, response)
    else response.set('Cache-Control', 'no-store').send(loginPage({ assets, to: fields.to }))
  })

  router.post('/login', urlencoded({ extended: false, limit: '4kb' }), (request, response) => {
    if (isCrossSite(request)) sendProblem(response, 403)
    else logIn(fieldsOf(request.body), response)
  })

  router.get('/logout', (_request, response) => {
    response.set('Cache-Control', 'no-store').send(logoutPage(assets))
  })

  router.post('/logout', (request, response) => {
    if (isCrossSite(request)) sendProblem(response, 403)
    else response.clearCookie(LOGIN_COOKIE, COOKIE).redirect(303, './login')
  })
  return router
}

/** Not `secure`: the sample listens on the loopback address without TLS. */
const COOKIE: CookieOptions = { httpOnly: true, sameSite: 'strict', path: '/' }

function isCrossSite(request: Request): boolean {
  const site = request.get('sec-fetch-site') ?? 'none'
  return site !== 'same-origin' && site !== 'none'
}

interface LoginFields {
  readonly token: string
  /** Where to go after the login. */
  readonly to: string
}

function fieldsOf(given: unknown): LoginFields {
  const { token, to }: { token?: unknown; to?: unknown } = typeof given === 'object' && given !== null ? given : {}
  return { token: typeof token === 'string' ? token.trim() : '', to: isOwnPath(to) ? to : '/' }
}

/** A path of this application: never another host, as `//evil.example` would be, and none that leads out of a prefix. */
function isOwnPath(to: unknown): to is string {
  return typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) && !DOTS.test(to)
}

/** Folders by dots, as browsers read them. */
const DOTS = /[/\\](?:\.|%2e){1,2}(?:[/\\?#]|$)/i
