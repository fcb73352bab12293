import { createAlphaVantageProvider, type QuotaLedger, type QuotaLimits, type QuoteProvider } from '../src/index.ts'
import { ask } from './ask.ts'

const DAY = 86_400_000
const POLL_MS = 900_000
const POLLS_A_DAY = DAY / POLL_MS
/** Polls between restarts, for each instance. */
const RESTARTED_EVERY = [7, 11]

export interface QuotaWeek {
  /** The times at which requests arrived at the provider. */
  readonly arrivals: readonly number[]
  /** The outcomes of the requested symbols. */
  readonly outcomes: ReadonlySet<string>
  /** How many instances were killed during a request. */
  readonly killed: number
}

/**
 * Simulates seven days of two instances that poll every quarter of an hour with a ledger each on the same store. Each
 * is restarted every few hours. On some days a third instance is killed during a request.
 */
export async function liveQuotaWeek(open: () => QuotaLedger, from: number): Promise<QuotaWeek> {
  const time = { now: from }
  const arrivals: number[] = []
  const outcomes = new Set<string>()
  const start = (onArrival: (() => void) | null = null) => startInstance({ open, time, arrivals, onArrival })
  let instances = RESTARTED_EVERY.map(() => start())
  let killed = 0
  for (let poll = 0; poll < 7 * POLLS_A_DAY; poll++) {
    time.now += POLL_MS
    instances = instances.map((instance, index) => (poll % (RESTARTED_EVERY[index] ?? 1) === 3 ? start() : instance))
    if (poll % POLLS_A_DAY === 3 && (await killWhileAsking(start))) killed++
    const asked = await Promise.all(instances.map((provider) => ask(provider, ['AAPL'])))
    for (const result of asked.flatMap(({ results }) => results)) outcomes.add('code' in result ? result.code : 'quote')
  }
  return { arrivals, outcomes, killed }
}

/** The largest number of requests in any 24 hours. */
export function busiestDay({ arrivals }: QuotaWeek): number {
  return Math.max(...arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + DAY).length))
}

/** Kills an instance during a request. Returns false when it sent none, because the quota was used up. */
async function killWhileAsking(start: (onArrival: () => void) => QuoteProvider): Promise<boolean> {
  const { promise: arrived, resolve } = Promise.withResolvers<true>()
  return Promise.race([
    arrived,
    ask(
      start(() => resolve(true)),
      ['AAPL'],
    ).then(() => false),
  ])
}

interface InstanceOptions {
  readonly open: () => QuotaLedger
  readonly time: { readonly now: number }
  readonly arrivals: number[]
  /** Called when a request arrives; the instance that sent it is then killed. */
  readonly onArrival: (() => void) | null
  /** How the provider counts (default 25 in any 24 hours). */
  readonly quota?: QuotaLimits
}

/** Starts a process: the wall clock goes on, and its monotonic clock begins again. */
export function startInstance({ open, time, arrivals, onArrival, quota }: InstanceOptions): QuoteProvider {
  const bornAt = time.now
  return createAlphaVantageProvider({
    apiKey: 'k',
    paceMs: 0,
    ...(quota && { quota }),
    quotaLedger: open(),
    clock: { now: () => time.now, monotonic: () => time.now - bornAt, setTimer: () => ({ cancel() {} }) },
    fetch: async () => {
      arrivals.push(time.now)
      onArrival?.()
      return onArrival ? new Promise<never>(() => {}) : Response.json({ 'Global Quote': quoteOf(time.now - DAY) })
    },
  })
}

export function quoteOf(at: number): Record<string, string> {
  const day = new Date(at).toISOString().slice(0, 10)
  return { '01. symbol': 'AAPL', '05. price': '189.5', '07. latest trading day': day, '08. previous close': '188.1' }
}
