import type { Rule } from './redact.ts'

const QUERY = /[?&](?:amp;)?([\w.[\]%-]{1,64})=(?!=)([^&#\s"'<>`]{1,8192})/g

/** Names of what is asked for. */
const HARMLESS =
  /^(?:page|per_page|page_size|limit|offset|sort|order|from|to|since|until|start|end|date|day|period|range|interval|function|symbols?|tickers?|lang|locale|format|output|version|v|timeout|mode|view|fields|include|exclude|type|size|outputsize|width|height|tz|timezone|utm_\w+|sslmode|schema|encoding|charset|retrywrites|w)$/i
/** What is too short or too plain to be a key. */
const PLAIN = /^(?:[a-z]{1,6}|\d{1,6}|\d{4}-\d{2}-\d{2}(?:[T%].*)?)$/i
const SECRET = /key|token|secret|pass|pwd|auth|sig|code|session|sid|hash|crumb|credential|otp|pin|state|nonce|appid/i
/** They are secrets of a login, and filters of a list: `state=failed`, `session=regular`, `code=rate_limited`. */
const FILTER = /^(?:state|session|code|kind|status|reason|trigger)$/i
const WORD = /^[a-z]{2,12}(?:[_-][a-z]{2,12}){0,3}$/
/** A path of words: `/admin/jobs`. */
const PATH = /^(?:(?:\/|%2f)[a-z_.-]{1,30}){1,12}$/i

/** The values in the query of a URL, but for those of harmless names, and short words and numbers. */
export const queryValues: Rule = (text, hide) => {
  for (const found of text.matchAll(QUERY)) {
    const [whole, name = '', value = ''] = found
    if (HARMLESS.test(name) || (PLAIN.test(value) && !SECRET.test(name))) continue
    if (FILTER.test(name) && WORD.test(value)) continue
    if (!SECRET.test(name) && PATH.test(value)) continue
    if (value.startsWith('[redacted') || /^[.,;:)\]…]*$/.test(value)) continue
    const end = found.index + whole.length
    hide(end - value.length, end)
  }
}
