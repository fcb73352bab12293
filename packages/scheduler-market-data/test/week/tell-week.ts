import type { FeedObservation } from '@pm/scheduler-core'

import { createFeeds, createMemoryFeeds, createVenues, type StoredFeed, venueFreshness } from '../../src/index.ts'
import { INSTRUMENTS, type WeekInstrument } from './instruments.ts'
import { createProviders } from './script.ts'
import { createTrades } from './trades.ts'

const MINUTE = 60_000
const DAY = 86_400_000

export interface TellOptions {
  readonly from: number
  readonly to: number
  /** Which instruments to tell of (default all). */
  readonly only?: (instrument: WeekInstrument) => boolean
}

/** A change of the status, of its reason or of the provider, at a look. */
interface Change {
  readonly at: number
  readonly text: string
}

/**
 * Lives through a time: polls every quarter of an hour, looks every five minutes at every feed, and tells each change of
 * status and reason by the clocks of its venue, a line for each day.
 */
export async function tellWeek({ from, to, only = () => true }: TellOptions): Promise<string> {
  const told = INSTRUMENTS.filter(only)
  const providers = createProviders(createTrades())
  const memory = createMemoryFeeds(told.map(({ symbol }) => ({ provider: 'first', feed: symbol })))
  const venues = createVenues()
  const ruleOf = venueFreshness({ every: 15 * MINUTE, expiresAfter: 8 })
  const feeds = createFeeds<null>({
    load: (session, input) => memory.load(session, input).then(latestOf),
    ruleOf,
    venues,
  })
  const changes = new Map<string, Change[]>(told.map(({ symbol }) => [symbol, []]))

  async function look(at: number): Promise<void> {
    const read = await feeds.read(null, { asOf: at, signal: new AbortController().signal })
    for (const feed of Symbol.asyncIterator in read ? [] : read) {
      const text = sayFeed(feed, at)
      const known = changes.get(feed.feed)
      if (known && known.at(-1)?.text !== text) known.push({ at, text })
    }
  }

  function sayFeed(feed: FeedObservation, at: number): string {
    const { status, reason } = feeds.judge(feed, at)
    return `${status} ${reason}${feed.provider === 'first' ? '' : ` (${feed.provider})`}`
  }

  // A day before, so that the week does not begin without any price.
  for (let at = from - DAY; at < to; at += 5 * MINUTE) {
    if (at % (15 * MINUTE) === 0) {
      const { quotes, refusals } = providers.poll(told, at)
      memory.record(quotes)
      memory.note(refusals)
    }
    if (at >= from) await look(at + 1_000)
  }

  const stored = latestOf(await memory.load(null, { windowFrom: to }))
  return told.map(({ symbol }) => tellInstrument(symbol, stored, changes.get(symbol) ?? [])).join('\n')

  function tellInstrument(symbol: string, all: readonly StoredFeed[], lines: readonly Change[]): string {
    const feed = all.find((one) => one.feed === symbol)
    const venue = venues.venueOf(symbol, feed?.instrument)
    const where = `${venue.exchange ?? 'venue unknown'}${venue.by === null ? '' : `, by the ${venue.by}`}`
    const zone = venue.timezone ?? 'UTC'
    return `${symbol}: ${where}, clocks of ${zone}\n  ${ruleOf(venue).text}\n${tellDays(lines, zone)}`
  }
}

/** One feed for each symbol: that of the provider that delivered last. */
function latestOf(stored: readonly StoredFeed[]): readonly StoredFeed[] {
  const latest = new Map<string, StoredFeed>()
  for (const feed of stored) {
    const known = latest.get(feed.feed)
    if (known === undefined || (feed.fetchedAt ?? 0) > (known.fetchedAt ?? 0)) latest.set(feed.feed, feed)
  }
  return [...latest.values()]
}

/** A line for each local day that has a change. */
function tellDays(changes: readonly Change[], timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: '2-digit', month: 'short' })
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const days = new Map<string, string[]>()
  for (const { at, text } of changes) {
    const key = day.format(at).replace(',', '')
    days.set(key, [...(days.get(key) ?? []), `${time.format(at)} ${text}`])
  }
  return [...days].map(([key, texts]) => `  ${key}  ${texts.join(' | ')}\n`).join('')
}
