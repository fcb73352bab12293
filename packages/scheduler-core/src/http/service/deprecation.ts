import { type EpochMs, toHttpDate } from '../../clock.ts'
import type { PlainResponse } from '../exchange/response.ts'

/** The deprecation of a router, which its every answer announces. */
export interface Deprecation {
  /** Since when, or from when on. */
  readonly at: EpochMs
  /** When the router will be removed; not before `at`. */
  readonly sunset?: EpochMs
  /** A page that says what to use instead. */
  readonly link?: string
}

/** Adds the headers `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link` to answers. */
export function announce({ at, sunset, link }: Deprecation): (response: PlainResponse) => PlainResponse {
  const extra = {
    deprecation: `@${Math.floor(at / 1_000)}`,
    ...(sunset !== undefined && { sunset: toHttpDate(sunset) }),
    ...(link !== undefined && { link: `<${link}>; rel="deprecation"; type="text/html"` }),
  }
  return (response) => ({ ...response, headers: { ...response.headers, ...extra } })
}
