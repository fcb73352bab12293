import { toMs } from '../../../format/instants.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { type Feed, fieldOf, sentenceOfCode } from '../feed.ts'
import { formatCoarse } from '../format-coarse.ts'
import type { Facts } from './facts.ts'
import { momentOf, type Telling } from './telling.ts'

export interface ToldSentence {
  readonly about: string
  readonly text: string
}

/**
 * What the host tells beside the times: why the feed has its status, by which rule, where it is traded, who was asked and
 * gave none. A link may hold anything, so that every field is looked at before it is believed.
 */
export function toldOf({ feed, why }: Pick<Facts, 'feed' | 'why'>, telling: Telling): readonly ToldSentence[] {
  const { about } = strings.marketData.explain
  const told: readonly (readonly [about: string, text: string])[] = [
    [about.why, why ?? ''],
    [about.rule, ruleOf(feed)],
    [about.asked, askedOf(feed, telling)],
    [about.missing, missingOf(feed, telling)],
    [about.tries, triesOf(feed, telling)],
    [about.venue, venueOf(feed, telling)],
    [about.extended, extendedOf(feed, telling)],
  ]
  return told.flatMap(([of, text]) => (text === '' ? [] : [{ about: of, text }]))
}

function ruleOf(feed: Feed): string {
  const words = strings.marketData.explain
  const rule = textIn(feed, 'rule')
  if (rule === null) return ''
  if (fieldOf(feed, 'delayed') !== true) return words.rule(rule)
  const seconds = fieldOf(feed, 'delay_seconds')
  const length = typeof seconds === 'number' && seconds > 0 ? words.delayed(formatCoarse(seconds * 1_000)) : null
  return `${words.rule(rule)} ${length ?? words.delayedSome}`
}

function askedOf(feed: Feed, telling: Telling): string {
  const words = strings.marketData.explain
  const asked = momentOf(textIn(feed, 'asked_at'), telling)
  const answered = momentOf(textIn(feed, 'answered_at'), telling)
  return [asked && words.asked(asked), answered && words.answered(answered)].filter((text) => text !== null).join(' ')
}

function missingOf(feed: Feed, telling: Telling): string {
  const words = strings.marketData.explain
  const since = momentOf(textIn(feed, 'missing_since'), telling)
  const tries = fieldOf(feed, 'unanswered_asks')
  if (since === null || typeof tries !== 'number' || tries < 1) return ''
  return words.missing(since, words.triesOf(tries, formatNumber(tries)))
}

function triesOf(feed: Feed, telling: Telling): string {
  const attempts = fieldOf(feed, 'attempts')
  if (!Array.isArray(attempts)) return ''
  return attempts.flatMap((attempt) => sayAttempt(attempt, telling) || []).join(' ')
}

function sayAttempt(attempt: unknown, { sayAt }: Telling): string {
  const words = strings.marketData.explain
  const code = textIn(attempt, 'code')
  if (code === null) return ''
  const [at, until] = ['at', 'until'].map((name) => toMs(textIn(attempt, name)))
  return words.attempt(
    textIn(attempt, 'provider') ?? words.nobody,
    sentenceOfCode(code) ?? words.otherCode(code),
    typeof at === 'number' ? words.attemptAt(sayAt(at)) : '',
    typeof until === 'number' ? words.attemptUntil(sayAt(until)) : '',
  )
}

function venueOf(feed: Feed, { sayAt }: Telling): string {
  const words = strings.marketData.explain
  if (fieldOf(feed, 'venue') === undefined) return ''
  const venue = textIn(feed, 'venue')
  if (venue === null) return words.venueUnknown
  const zone = textIn(feed, 'timezone')
  const by: Readonly<Record<string, string>> = words.venueBy
  const where = words.venue(venue, zone === null ? '' : ` (${zone})`) + (by[textIn(feed, 'venue_by') ?? ''] ?? '.')
  const opensAt = toMs(textIn(feed, 'next_open_at'))
  const unknown = textIn(feed, 'calendar') === null ? ` ${words.hoursUnknown}` : ''
  return `${where}${opensAt === null ? unknown : ` ${words.nextOpen(sayAt(opensAt))}`}`
}

function extendedOf(feed: Feed, { sayAt }: Telling): string {
  const words = strings.marketData.explain
  const session = textIn(feed, 'extended_session')
  const price = textIn(feed, 'extended_price')
  if (session === null || price === null) return ''
  const at = toMs(textIn(feed, 'extended_time'))
  const unit = textIn(feed, 'unit')
  return words.extended(
    session,
    unit === null ? price : `${price} ${unit}`,
    at === null ? '' : words.extendedAt(sayAt(at)),
  )
}

function textIn(given: unknown, name: string): string | null {
  const value = fieldOf(given, name)
  return typeof value === 'string' ? value : null
}
