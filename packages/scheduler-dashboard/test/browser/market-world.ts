import type {
  FeedAttributes,
  FeedObservation,
  MemorySession,
  ProviderDescription,
  SchedulerOptions,
} from '@pm/scheduler-core'

/** The state of one feed of this world. */
export type FeedState = 'fresh' | 'stale' | 'expired' | 'market_closed' | 'unknown'

/** What providers and feeds are, for a story to change while the page looks. */
export interface MarketWorld {
  providers: ProviderDescription[]
  /** Each feed by its provider and name. */
  feeds: Map<string, { readonly provider: string; readonly feed: string; readonly state: FeedState }>
  /** Whether the feeds can be read. */
  isReadable: boolean
}

export const HOSTILE = '<img src=x onerror=alert(1)>'

const MINUTE = 60_000
/** How old the latest data of a feed in this state are. */
const AGES: Readonly<Record<FeedState, number>> = {
  fresh: 0,
  stale: 20 * MINUTE,
  expired: 180 * MINUTE,
  market_closed: 900 * MINUTE,
  unknown: 0,
}

export function createMarketWorld(): MarketWorld {
  const world: MarketWorld = {
    providers: [
      provider('yahoo', {}),
      provider('stooq', { conditions: { circuit: 'open' }, attributes: { circuit_reason: 'TIMEOUT' } }),
      provider('alpha-vantage', { quotaRemaining: 0, conditions: { circuit: 'closed' } }),
      provider('iex', { enabled: false }),
      provider(HOSTILE, { apiKeyConfigured: false, conditions: { circuit: 'half_open' } }),
    ],
    feeds: new Map(),
    isReadable: true,
  }
  putFeed(world, 'yahoo', 'AAPL', 'fresh')
  putFeed(world, 'yahoo', 'MSFT', 'fresh')
  putFeed(world, 'stooq', 'SAP', 'stale')
  putFeed(world, 'stooq', 'SIE', 'expired')
  putFeed(world, 'alpha-vantage', 'NESN', 'market_closed')
  putFeed(world, HOSTILE, HOSTILE, 'unknown')
  return world
}

export function putFeed(world: MarketWorld, name: string, feed: string, state: FeedState): void {
  world.feeds.set(`${name} ${feed}`, { provider: name, feed, state })
}

function provider(name: string, change: Partial<ProviderDescription>): ProviderDescription {
  return { name, enabled: true, apiKeyConfigured: null, ...change }
}

/** The sources of a scheduler that lives in this world. */
export function marketSources(world: MarketWorld): Pick<SchedulerOptions<MemorySession>, 'providers' | 'feeds'> {
  return {
    providers: {
      describe: () => world.providers,
      conditions: [
        { name: 'circuit', states: ['closed', 'half_open', 'open'], title: 'Circuit', help: 'Whether it is asked.' },
      ],
      attributes: [{ name: 'circuit_reason', kind: 'text', help: 'The code of what opened it.' }],
    },
    feeds: {
      reasons: [
        { code: 'on_time', sentence: 'The latest price is as recent as the rule asks.' },
        { code: 'not_answered', sentence: 'Providers were asked when a price was due, and none gave one.' },
      ],
      attributes: [
        { name: 'venue', kind: 'text', help: 'The exchange.', isFilter: true },
        { name: 'venue_by', kind: 'text', help: 'Who named it.' },
        { name: 'unit', kind: 'text', help: 'The currency.', isFilter: true },
        { name: 'timezone', kind: 'text', help: 'The zone of the venue.' },
        { name: 'calendar', kind: 'text', help: 'Its calendar.' },
        { name: 'rule', kind: 'text', help: 'The rule by which it is fresh.' },
        { name: 'delayed', kind: 'flag', help: 'Whether its prices are delayed.' },
        { name: 'delay_seconds', kind: 'number', help: 'By how much.' },
        { name: 'next_open_at', kind: 'instant', help: 'When the market opens next.' },
      ],
      words: [{ word: 'market_closed', title: 'Feeds of closed markets', help: 'Nothing is due of them.' }],
      timeoutMs: 5_000,
      read: (_session, { asOf }) =>
        world.isReadable
          ? Promise.resolve([...world.feeds.values()].map((feed) => observe(feed, asOf)))
          : Promise.reject(new Error('the password is secret')),
      judge(observation, asOf) {
        const state = world.feeds.get(`${observation.provider} ${observation.feed}`)?.state ?? 'unknown'
        const isDue = state !== 'unknown' && state !== 'market_closed'
        return {
          status: state,
          expectedBy: isDue ? (observation.eventAt ?? asOf) + 5 * MINUTE : null,
          reason: isLate(state) ? 'not_answered' : state === 'fresh' ? 'on_time' : null,
          attributes: { next_open_at: asOf + 60 * MINUTE },
        }
      },
    },
  }
}

function observe(
  { provider: name, feed, state }: { readonly provider: string; readonly feed: string; readonly state: FeedState },
  asOf: number,
): FeedObservation {
  const eventAt = state === 'unknown' ? null : Math.floor(asOf / MINUTE) * MINUTE - AGES[state]
  return {
    provider: name,
    feed,
    eventAt,
    fetchedAt: eventAt,
    changedAt: eventAt,
    attainment: { expected: 8, inTime: 7 },
    ...(isLate(state) && {
      askedAt: asOf - MINUTE,
      answeredAt: eventAt,
      missingSince: (eventAt ?? asOf) + 5 * MINUTE,
      unansweredAsks: 3,
      attempts: [
        { provider: 'yahoo', code: 'UNKNOWN_SYMBOL', at: asOf - MINUTE },
        { provider: 'stooq', code: 'CIRCUIT_OPEN', at: asOf - MINUTE, until: asOf + 10 * MINUTE },
      ],
    }),
    attributes: VENUES[feed] ?? {},
  }
}

function isLate(state: FeedState): boolean {
  return state === 'stale' || state === 'expired'
}

const RULE = 'a price every 15 min while XETR is open, up to 22 min late'
const XETR = {
  venue: 'XETR',
  venue_by: 'provider',
  unit: 'EUR',
  timezone: 'Europe/Berlin',
  calendar: 'XETR',
  rule: RULE,
}

const VENUES: Readonly<Record<string, FeedAttributes>> = {
  SAP: { ...XETR, delayed: false },
  SIE: { ...XETR, delayed: true, delay_seconds: 900 },
}
