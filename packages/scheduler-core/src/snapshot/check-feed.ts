import { MAX_FEED_NAME } from '../limits.ts'
import type { FeedAttainment, FeedObservation, FeedVerdict } from '../ports/feeds.ts'
import { cleanText, isCleanText } from '../run/clean-text.ts'
import { MAX_INSTANT } from '../schedule/instant.ts'

/** An observation as a plain copy, of which every field was read once. */
export interface CheckedObservation {
  /** `null` when it has no provider or no name: then nobody could tell what is unknown. */
  readonly observation: FeedObservation | null
  /** Whether every number of it is possible. */
  readonly isSound: boolean
}

/** The verdict of a feed whose numbers are impossible. */
export const UNKNOWN_VERDICT: FeedVerdict = Object.freeze({ status: 'unknown', expectedBy: null })

export function toObservation(given: FeedObservation): CheckedObservation {
  const { provider, feed, eventAt, fetchedAt, changedAt, attainment } = given
  if (typeof provider !== 'string' || typeof feed !== 'string') return { observation: null, isSound: false }
  const share = attainment && toAttainment(attainment)
  const observation = {
    provider: toName(provider),
    feed: toName(feed),
    eventAt,
    fetchedAt,
    changedAt,
    ...(share !== undefined && { attainment: share }),
  }
  return { observation, isSound: [eventAt, fetchedAt, changedAt].every(isInstant) && isShare(share) }
}

/** The same feed, of which nothing but its name is known. */
export function withoutNumbers({ provider, feed }: FeedObservation): FeedObservation {
  return { provider, feed, eventAt: null, fetchedAt: null, changedAt: null }
}

/** A verdict as a plain copy; `UNKNOWN_VERDICT` when its instant is impossible, `null` for an undeclared status. */
export function toVerdict(given: FeedVerdict, statuses: ReadonlySet<unknown>): FeedVerdict | null {
  const { status, expectedBy } = given
  if (!statuses.has(status)) return null
  return isInstant(expectedBy) ? { status, expectedBy } : UNKNOWN_VERDICT
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

function isShare(share: FeedAttainment | null | undefined): boolean {
  if (share === null || share === undefined) return true
  const { expected, inTime } = share
  return Number.isSafeInteger(expected) && Number.isSafeInteger(inTime) && inTime >= 0 && inTime <= expected
}
