import { SchedulerError } from '../../errors.ts'
import type { PlainRequest } from '../exchange/request.ts'

/**
 * Throws `CROSS_SITE` when a browser sent this request from a page of another site. Browsers say where a request comes
 * from in `Sec-Fetch-Site`; older ones in `Origin`, which all of them add to a cross-site POST. A client that sends
 * neither is no browser, and carries no visitor's cookies.
 */
export function refuseCrossSite(request: PlainRequest, allowedOrigins: ReadonlySet<string>): void {
  const origin = request.header('origin')
  if (origin !== null && allowedOrigins.has(origin)) return
  const site = request.header('sec-fetch-site')
  const ours =
    site === null ? origin === null || isOurs(origin, request.hosts) : site === 'same-origin' || site === 'none'
  if (!ours) throw new SchedulerError('CROSS_SITE', {})
}

/** Compares host and port, not the scheme: a proxy that ends TLS leaves us no way to know it. */
function isOurs(origin: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host } = new URL(origin)
  return hosts.some((own) => URL.canParse(`${protocol}//${own}`) && new URL(`${protocol}//${own}`).host === host)
}
