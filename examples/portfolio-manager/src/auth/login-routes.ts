import { type CookieOptions, type Request, type Response, Router, urlencoded } from 'express'

import type { Assets } from '../web/assets.ts'
import { loginPage } from '../web/pages/login-page.ts'
import { sendProblem } from '../web/problem.ts'
import { type Access, LOGIN_COOKIE } from './access.ts'

/**
 * Login by link or form, and logout. A login link sets a cookie and redirects, so that the token does not stay in the
 * address bar.
 */
export function loginRoutes({ access, assets }: { readonly access: Access; readonly assets: Assets }): Router {
  const router = Router()

  const logIn = (token: string, response: Response) => {
    response.set('Cache-Control', 'no-store')
    const role = access.roleOfToken(token)
    if (role === null) response.status(401).send(loginPage(assets, 'This token is not valid.'))
    else response.cookie(LOGIN_COOKIE, access.sessionOf(role), COOKIE).redirect(303, '/')
  }

  router.get('/login', (request, response) => {
    const { token } = request.query
    if (typeof token === 'string') logIn(token, response)
    else response.set('Cache-Control', 'no-store').send(loginPage(assets))
  })

  router.post('/login', urlencoded({ extended: false, limit: '4kb' }), (request, response) => {
    const { token } = fieldsOf(request.body)
    if (isCrossSite(request)) sendProblem(response, 403)
    else logIn(typeof token === 'string' ? token.trim() : '', response)
  })

  router.post('/logout', (request, response) => {
    if (isCrossSite(request)) sendProblem(response, 403)
    else response.clearCookie(LOGIN_COOKIE, COOKIE).redirect(303, '/login')
  })
  return router
}

/** Not `secure`: the sample listens on the loopback address without TLS. */
const COOKIE: CookieOptions = { httpOnly: true, sameSite: 'strict', path: '/' }

function isCrossSite(request: Request): boolean {
  const site = request.get('sec-fetch-site') ?? 'none'
  return site !== 'same-origin' && site !== 'none'
}

function fieldsOf(body: unknown): { readonly token?: unknown } {
  return typeof body === 'object' && body !== null ? body : {}
}
