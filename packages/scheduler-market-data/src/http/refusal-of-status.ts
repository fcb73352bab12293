import type { EpochMs } from '@pm/scheduler-core'

import { type FetchRefusal, failed } from '../quote/quote-result.ts'
import { retryAfterMs } from './retry-after.ts'

/** The refusal that follows from a status alone, before the body is read; `null` when the status allows the answer. */
export function refusalOfStatus(status: number, headers: Headers, now: EpochMs): FetchRefusal | null {
  if (status >= 200 && status < 300) return null
  if (status === 429) {
    return { kind: 'rate-limited', code: 'RATE_LIMITED', retryAt: now + retryAfterMs(headers.get('retry-after'), now) }
  }
  if (status === 401 || status === 403) return failed('ACCESS_DENIED')
  if (status >= 500) return failed('HTTP_SERVER_ERROR')
  return failed(status >= 400 ? 'HTTP_CLIENT_ERROR' : 'REDIRECT_REFUSED')
}
