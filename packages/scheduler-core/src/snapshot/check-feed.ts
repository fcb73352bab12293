import { type AttributeTerms, toAttributes } from '../host/to-attributes.ts'
import { MAX_FEED_NAME } from '../limits.ts'
import type { FeedAttainment, FeedAttempt, FeedObservation, FeedVerdict } from '../ports/feeds.ts'
import { cleanText, isCleanText } from '../run/clean-text.ts'
import { MAX_INSTANT } from '../schedule/instant.ts'

/** An observation as a plain copy, of which every field was read once. */
export interface CheckedObservation {
  /** `null` when it has no provider or no name: then nobody could tell what is unknown. */
  readonly observation: FeedObservation | null
  /** Whether every number of it is possible. */
  readonly isSound: boolean
}

/** What a source declares, as the check of its answers needs it. */
export interface FeedTerms extends AttributeTerms {
  readonly statuses: ReadonlySet<unknown>
  readonly reasons: ReadonlySet<unknown>
}

/** The verdict of a feed whose numbers are impossible. */
export const UNKNOWN_VERDICT: FeedVerdict = Object.freeze({ status: 'unknown', expectedBy: null })

export function toObservation(given: FeedObservation, terms: AttributeTerms): CheckedObservation {
  const { provider, feed, eventAt, fetchedAt, changedAt, attainment, attempts, attributes } = given
  if (typeof provider !== 'string' || typeof feed !== 'string') return { observation: null, isSound: false }
  const share = attainment && toAttainment(attainment)
  const asked = toAsked(given)
  const observation = {
    provider: toName(provider),
    feed: toName(feed),
    eventAt,
    fetchedAt,
    changedAt,
    ...asked,
    ...(share !== undefined && { attainment: share }),
    ...(attempts && { attempts: attempts.slice(0, MOST_ATTEMPTS).map(toAttempt) }),
    ...(attributes && { attributes: toAttributes(attributes, terms) }),
  }
  const { unansweredAsks = null, ...instants } = asked
  const isSound =
    [eventAt, fetchedAt, changedAt, ...Object.values(instants)].every(isInstant) &&
    isShare(share) &&
    (unansweredAsks === null || isCount(unansweredAsks))
  return { observation, isSound }
}

/** The same feed, of which nothing but its name is known. */
export function withoutNumbers({ provider, feed }: FeedObservation): FeedObservation {
  return { provider, feed, eventAt: null, fetchedAt: null, changedAt: null }
}

/** A verdict as a plain copy; `UNKNOWN_VERDICT` when its instant is impossible, `null` for an undeclared status. */
export function toVerdict(given: FeedVerdict, terms: FeedTerms): FeedVerdict | null {
  const { status, expectedBy, reason, attributes } = given
  if (!terms.statuses.has(status)) return null
  if (!isInstant(expectedBy)) return UNKNOWN_VERDICT
  return {
    status,
    expectedBy,
    ...(reason !== undefined && { reason: terms.reasons.has(reason) ? reason : null }),
    ...(attributes && { attributes: toAttributes(attributes, terms) }),
  }
}

/** More providers than anybody asks for one thing. */
const MOST_ATTEMPTS = 20
const CODE = /^[A-Z][A-Z0-9_]{0,63}$/

/** What the host tells of the questions for a feed, without what it leaves out. */
function toAsked({ askedAt, answeredAt, missingSince, unansweredAsks }: FeedObservation) {
  return {
    ...(askedAt !== undefined && { askedAt }),
    ...(answeredAt !== undefined && { answeredAt }),
    ...(missingSince !== undefined && { missingSince }),
    ...(unansweredAsks !== undefined && { unansweredAsks }),
  }
}

function toAttempt({ provider, code, at, until = null }: FeedAttempt): FeedAttempt {
  return {
    provider: provider === null ? null : toName(String(provider)),
    code: CODE.test(code) ? code : 'OTHER',
    at: isInstant(at) ? at : null,
    until: isInstant(until) ? until : null,
  }
}

function toName(text: string): string {
  return text.length <= MAX_FEED_NAME && isCleanText(text) ? text : cleanText(text, { redact, limit: MAX_FEED_NAME })
}

/** The names of feeds are the host's own. */
function redact(text: string): string {
  return text
}

function toAttainment({ expected, inTime }: FeedAttainment): FeedAttainment {
  return { expected, inTime }
}

function isInstant(value: unknown): boolean {
  return value === null || (typeof value === 'number' && Math.abs(value) <= MAX_INSTANT)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isShare(share: FeedAttainment | null | undefined): boolean {
  if (share === null || share === undefined) return true
  const { expected, inTime } = share
  return Number.isSafeInteger(expected) && isCount(inTime) && inTime <= expected
}
