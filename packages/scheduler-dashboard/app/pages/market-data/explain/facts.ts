import { toMs } from '../../../format/instants.ts'
import { type CircuitFacts, circuitOf, type Feed, type Provider } from '../feed.ts'

/** What is known of one feed at one moment, with who is behind it: what a link with the time frozen carries. */
export interface Facts {
  readonly as_of: string
  readonly feed: Feed
  /** The sentence of the reason of its status; `null` where the host gives none. */
  readonly why: string | null
  readonly provider: ProviderFacts | null
}

/** Of a provider only what explains a feed. */
export interface ProviderFacts extends CircuitFacts {
  readonly enabled: boolean
  readonly api_key_configured: boolean | null
  readonly quota_remaining: number | null
  readonly last_success_at: string | null
  readonly calls: number | null
  readonly success_rate: number | null
}

export function toFacts({
  asOf,
  feed,
  why = null,
  provider,
}: {
  readonly asOf: string
  readonly feed: Feed
  readonly why?: string | null
  readonly provider: Provider | undefined
}): Facts {
  return { as_of: asOf, feed, why, provider: provider ? factsOf(provider) : null }
}

function factsOf(provider: Provider): ProviderFacts {
  const { enabled, api_key_configured, quota_remaining, last_success_at } = provider
  const { calls, success_rate } = provider.windows.recent
  return {
    ...{ enabled, api_key_configured, quota_remaining, last_success_at, calls, success_rate },
    ...circuitOf(provider),
  }
}

/** As a query parameter. The API keeps no history of one feed, so the link has to hold the facts themselves. */
export function writeFacts(facts: Facts): string {
  return JSON.stringify(facts)
}

/** The facts of a link; `null` when they are not whole. Anybody can write a link: nothing of it is taken on trust. */
export function readFacts(text: string): Facts | null {
  const given = parse(text)
  if (!isRecord(given) || !isInstant(given['as_of']) || !isFeed(given['feed'])) return null
  const { as_of, feed, why = null, provider = null } = given
  if (provider !== null && !isProvider(provider)) return null
  return { as_of, feed, why: typeof why === 'string' ? why : null, provider }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isFeed(given: unknown): given is Feed {
  if (!isRecord(given)) return false
  const instants = ['event_time', 'fetched_at', 'changed_at', 'expected_by']
  return (
    ['provider', 'feed', 'status'].every((name) => typeof given[name] === 'string') &&
    instants.every((name) => given[name] === null || isInstant(given[name])) &&
    ['age_seconds', 'attainment_pct'].every((name) => isNumberOrNull(given[name]))
  )
}

function isProvider(given: unknown): given is ProviderFacts {
  if (!isRecord(given)) return false
  const { enabled, api_key_configured: key, last_success_at: last, circuit_until: until } = given
  return (
    typeof enabled === 'boolean' &&
    (key === null || typeof key === 'boolean') &&
    (last === null || isInstant(last)) &&
    (until === null || isInstant(until)) &&
    ['circuit', 'circuit_reason'].every((name) => given[name] === null || typeof given[name] === 'string') &&
    ['quota_remaining', 'calls', 'success_rate'].every((name) => isNumberOrNull(given[name]))
  )
}

function isRecord(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

function isInstant(given: unknown): given is string {
  return typeof given === 'string' && toMs(given) !== null
}

function isNumberOrNull(given: unknown): boolean {
  return given === null || (typeof given === 'number' && Number.isFinite(given))
}
