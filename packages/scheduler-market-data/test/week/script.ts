import type { NotedRefusal, Quote } from '../../src/index.ts'
import { NOT_ASKED_CODES } from '../../src/quote/quote-result.ts'
import type { WeekInstrument } from './instruments.ts'
import type { Trades } from './trades.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What happens in the week beside the hours of the markets, in UTC. */
export const EVENTS = {
  /** The first provider is down: it times out, and from the third poll on its circuit is open. */
  down: span('2026-10-27T14:00', '2026-10-27T17:00'),
  /** The scheduler is stopped, so that nobody asks. */
  stopped: span('2026-10-28T14:00', '2026-10-28T16:00'),
  /** The index stands still, and the provider goes on answering. */
  still: { symbol: '^FTSE', ...span('2026-10-28T10:00', '2026-10-28T13:00') },
  /** The provider loses one symbol half an hour before the close in London, until the next morning. */
  lost: { symbol: 'AZN.L', ...span('2026-10-29T16:00', '2026-10-30T08:30') },
  /** A trading halt that no calendar knows. */
  halt: { symbol: '2222.SR', ...span('2026-10-27T00:00', '2026-10-28T00:00') },
  delisted: { symbol: 'SPLK', from: Date.parse('2026-10-28T20:30Z') },
  /** From Thursday on the one symbol is unknown, and the other is polled. */
  renamed: { old: 'FB', new: 'META', from: Date.parse('2026-10-29T11:00Z') },
} as const

/** What a reader of the golden file has to know. */
export const STORY = `What happens, in UTC. The poll is every 15 minutes, and the look every 5.
  Tue 27 Oct 14:00-17:00  the first provider is down; from 14:30 on its circuit is open
                          the second one has plain symbols alone, and a budget of 60 symbols a day
  Tue 27 Oct              2222.SR is halted, which its provider says and no calendar knows
  Wed 28 Oct 10:00-13:00  ^FTSE stands still, and the provider goes on answering
  Wed 28 Oct 14:00-16:00  the scheduler is stopped
  Wed 28 Oct 20:30        SPLK is delisted
  Thu 29 Oct 11:00        FB is renamed to META
  Thu 29 Oct 16:00        the provider loses AZN.L half an hour before the close, until Friday morning
  The clocks of Europe went back on Sunday 25 Oct, those of America go back on Sunday 1 Nov.
`

/** The second provider knows plain symbols alone, and has a budget of 60 symbols a day. */
const BUDGET = 60

function span(from: string, to: string) {
  return { from: Date.parse(`${from}Z`), to: Date.parse(`${to}Z`) }
}

function isIn({ from, to }: { readonly from: number; readonly to: number }, at: number): boolean {
  return at >= from && at < to
}

export interface PollAnswer {
  readonly quotes: readonly Quote[]
  readonly refusals: readonly NotedRefusal[]
}

/** The two providers of the week. */
export function createProviders(trades: Trades) {
  const used = new Map<number, number>()

  function first(instrument: WeekInstrument, at: number): Quote | Pick<NotedRefusal, 'code' | 'until'> {
    const { symbol } = instrument
    if (symbol === 'TYPO') return { code: 'UNKNOWN_SYMBOL' }
    if (isGone(symbol, at)) return { code: 'RENAMED' }
    if (symbol === EVENTS.delisted.symbol && at >= EVENTS.delisted.from) return { code: 'DELISTED' }
    if (symbol === EVENTS.lost.symbol && isIn(EVENTS.lost, at)) return { code: 'PRICE_MISSING' }
    if (isIn(EVENTS.down, at)) {
      const until = Math.min(at + HOUR, EVENTS.down.to)
      return at < EVENTS.down.from + 30 * MINUTE ? { code: 'TIMEOUT' } : { code: 'CIRCUIT_OPEN', until }
    }
    return quoteOf(instrument, 'first', at)
  }

  function second(instrument: WeekInstrument, at: number): Quote | Pick<NotedRefusal, 'code' | 'until'> {
    const { symbol } = instrument
    if (!/^[A-Z]+$/.test(symbol) || symbol === 'VTSAX') return { code: 'NOT_OFFERED' }
    if (symbol === 'TYPO' || isGone(symbol, at)) return { code: 'UNKNOWN_SYMBOL' }
    const today = Math.floor(at / DAY)
    const spent = used.get(today) ?? 0
    if (spent >= BUDGET) return { code: 'QUOTA_EXHAUSTED', until: (today + 1) * DAY }
    used.set(today, spent + 1)
    if (symbol === EVENTS.delisted.symbol && at >= EVENTS.delisted.from) return { code: 'DELISTED' }
    return quoteOf(instrument, 'second', at)
  }

  function quoteOf(instrument: WeekInstrument, provider: string, at: number): Quote | Pick<NotedRefusal, 'code'> {
    const { symbol, said } = instrument
    const stillAt = symbol === EVENTS.still.symbol && isIn(EVENTS.still, at) ? EVENTS.still.from : at
    const isHalted = symbol === EVENTS.halt.symbol && isIn(EVENTS.halt, at)
    const traded = trades.lastOf(instrument, stillAt)
    const isOfHalt = symbol === EVENTS.halt.symbol && traded !== null && isIn(EVENTS.halt, traded)
    const eventTime = isOfHalt ? trades.lastOf(instrument, EVENTS.halt.from) : traded
    if (eventTime === null) return { code: 'PRICE_MISSING' }
    const instrumentFacts = isHalted ? { ...said, marketState: 'closed' as const } : said
    return {
      ...{ symbol, price: String(100 + (eventTime % 97)), currency: 'USD', eventTime, eventTimePrecision: 'exact' },
      ...{ fetchedAt: at, provider, name: null, previousClose: null, volume: null, extended: null },
      instrument: instrumentFacts,
    }
  }

  return {
    /** Asks the first provider, and the second one for what is missing. */
    poll(instruments: readonly WeekInstrument[], at: number): PollAnswer {
      const quotes: Quote[] = []
      const refusals: NotedRefusal[] = []
      if (isIn(EVENTS.stopped, at)) return { quotes, refusals }
      for (const instrument of instruments) {
        if (instrument.symbol === EVENTS.renamed.new && at < EVENTS.renamed.from) continue
        for (const [provider, ask] of [
          ['first', first],
          ['second', second],
        ] as const) {
          const answer = ask(instrument, at)
          if ('price' in answer) {
            quotes.push(answer)
            break
          }
          refusals.push(refusalOf(instrument.symbol, provider, at, answer))
        }
      }
      return { quotes, refusals }
    },
  }
}

function isGone(symbol: string, at: number): boolean {
  return symbol === EVENTS.renamed.old && at >= EVENTS.renamed.from
}

function refusalOf(
  symbol: string,
  provider: string,
  at: number,
  { code, until = null }: Pick<NotedRefusal, 'code' | 'until'>,
): NotedRefusal {
  const wasAsked = !NOT_ASKED_CODES.has(code)
  return { symbol, provider, code, at, until, wasAsked, hasAnswered: wasAsked && code !== 'TIMEOUT' }
}
