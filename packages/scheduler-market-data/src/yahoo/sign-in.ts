import type { Clock } from '@pm/scheduler-core'

import type { HttpAnswer } from '../http/send-request.ts'
import { type FetchRefusal, failed } from '../quote/quote-result.ts'
import { type Cookies, createCookies } from './cookies.ts'
import {
  agreement,
  crumbRequest,
  PAGE,
  pageRequest,
  type SignedIn,
  stepAt,
  type YahooRequest,
} from './yahoo-requests.ts'

/** Sends one request of the sign-in: its answer, or the refusal that ends the sign-in. Never rejects. */
export type SendStep = (request: YahooRequest) => Promise<HttpAnswer | FetchRefusal>

/** Pages and forms of one sign-in. In Europe there are six; more are a circle. */
const MAX_PAGES = 12

/**
 * Signs in to Yahoo: asks for a page that sets cookies, agrees to the pages of consent that it may lead to, and fetches
 * the crumb. Follows redirects only to Yahoo and over https. Never rejects.
 */
export async function signIn(send: SendStep, clock: Clock): Promise<SignedIn | FetchRefusal> {
  const cookies = createCookies(clock)
  let request = pageRequest(PAGE, 'page', cookies)
  for (let pages = 0; ; pages++) {
    if (pages === MAX_PAGES) return failed('HANDSHAKE_FAILED')
    const answer = await send(request)
    if (answer.kind !== 'answer') return answer
    cookies.keep(request.url, answer.headers)
    const next = nextRequest(request, answer, cookies)
    if (next === null) break
    if (next.kind !== 'request') return next
    request = next.request
  }
  if (cookies.headerFor(PAGE) === '') return failed('HANDSHAKE_FAILED')

  const asked = crumbRequest(request.url, cookies)
  const answer = await send(asked)
  if (answer.kind !== 'answer') return answer
  cookies.keep(asked.url, answer.headers)
  return { crumb: answer.text, cookies }
}

type Next = { readonly kind: 'request'; readonly request: YahooRequest } | FetchRefusal

/** The next page of the sign-in: a redirect, or the form of consent; `null` after the last page. */
function nextRequest({ step, url, init }: YahooRequest, answer: HttpAnswer, cookies: Cookies): Next | null {
  const location = answer.headers.get('location')
  if (location !== null) return follow(step, URL.parse(location, url.href), cookies)
  const isForm = step === 'consent' && init.method === undefined && url.pathname.endsWith('/collectConsent')
  return isForm ? { kind: 'request', request: agreement(url, answer.text, cookies) } : null
}

function follow(from: YahooRequest['step'], url: URL | null, cookies: Cookies): Next | null {
  // A page that leads elsewhere than to the consent has set its cookies all the same.
  if (from === 'page' && url?.hostname.startsWith('guce.') !== true) return null
  const step = url && stepAt(url)
  if (url === null || (step !== 'page' && step !== 'consent')) return failed('REDIRECT_REFUSED')
  return { kind: 'request', request: pageRequest(url, step, cookies) }
}
