import { FIELDS } from './candidate-of.ts'
import { type Cookies, isYahoos } from './cookies.ts'

/** The requests to Yahoo: the page that sets cookies, pages of consent, the crumb, the quotes. */
export type Step = 'page' | 'consent' | 'crumb' | 'quotes'

export interface YahooRequest {
  readonly step: Step
  readonly url: URL
  readonly init: RequestInit
}

/** The page whose answer sets the cookies of a session. */
export const PAGE = new URL('https://finance.yahoo.com/quote/AAPL')

const CRUMB = new URL('https://query1.finance.yahoo.com/v1/test/getcrumb')
const QUOTES = 'https://query2.finance.yahoo.com/v7/finance/quote'

/** Says who asks, in the form that other open clients of Yahoo use. */
const USER_AGENT = 'Mozilla/5.0 (compatible; pm-scheduler-market-data)'

/** Yahoo sets no cookie for a request that does not accept a page. */
const ACCEPTS_PAGES = 'text/html,application/xhtml+xml,application/xml'

/** The step that a URL belongs to; `null` for a URL that is not Yahoo's or not https, to which a redirect may lead. */
export function stepAt({ protocol, hostname, pathname }: URL): Step | null {
  if (protocol !== 'https:' || !isYahoos(hostname)) return null
  if (hostname === PAGE.hostname) return 'page'
  if (pathname === '/v7/finance/quote') return 'quotes'
  return pathname === CRUMB.pathname ? 'crumb' : 'consent'
}

/** Asks for a page of the sign-in, with the cookies so far. */
export function pageRequest(url: URL, step: 'page' | 'consent', cookies: Cookies): YahooRequest {
  return { step, url, init: { headers: headersFor(url, cookies, { accept: ACCEPTS_PAGES }) } }
}

/** Agrees to the page of consent at this URL, whose hidden fields the answer repeats. */
export function agreement(url: URL, page: string, cookies: Cookies): YahooRequest {
  const form = new URLSearchParams()
  for (const [, name = '', value = ''] of page.matchAll(HIDDEN_FIELD)) form.append(name, textOf(value))
  form.append('agree', 'agree')
  form.append('agree', 'agree')
  const own = { accept: ACCEPTS_PAGES, 'content-type': 'application/x-www-form-urlencoded' }
  return {
    step: 'consent',
    url,
    init: { method: 'POST', headers: headersFor(url, cookies, own), body: form.toString() },
  }
}

/** Asks for the crumb that belongs to the cookies. `referer` is the last page of the sign-in. */
export function crumbRequest(referer: URL, cookies: Cookies): YahooRequest {
  const own = {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'accept-language': 'en-US,en;q=0.9',
    'content-type': 'text/plain',
    origin: PAGE.origin,
    referer: referer.href,
  }
  return { step: 'crumb', url: CRUMB, init: { headers: headersFor(CRUMB, cookies, own) } }
}

export function quotesRequest(symbols: readonly string[], { crumb, cookies }: SignedIn): YahooRequest {
  const url = new URL(QUOTES)
  url.search = new URLSearchParams({ symbols: symbols.join(','), fields: FIELDS.join(','), crumb }).toString()
  return { step: 'quotes', url, init: { headers: headersFor(url, cookies, {}) } }
}

/** What a sign-in gives: cookies, and the crumb that belongs to them. */
export interface SignedIn {
  readonly crumb: string
  readonly cookies: Cookies
}

function headersFor(url: URL, cookies: Cookies, own: Readonly<Record<string, string>>): Record<string, string> {
  const cookie = cookies.headerFor(url)
  return { 'user-agent': USER_AGENT, ...(cookie !== '' && { cookie }), ...own }
}

const HIDDEN_FIELD = /<input type="hidden" name="([^"]+)" value="([^"]+)">/g

/** The text of an attribute; of HTML's entities those that Yahoo writes. */
function textOf(attribute: string): string {
  return attribute
    .replace(/&#x([0-9a-f]{1,4});/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
