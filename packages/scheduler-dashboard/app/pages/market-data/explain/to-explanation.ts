import { toMs } from '../../../format/instants.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { stateOfFeed } from '../../../ui/state-of.ts'
import { latenessOf, sentenceOfCode, wordOfFeed } from '../feed.ts'
import { formatCoarse } from '../format-coarse.ts'
import type { Facts, ProviderFacts } from './facts.ts'
import { type Moment, momentOf, type Telling } from './telling.ts'
import { type ToldSentence, toldOf } from './told-of.ts'

export interface Explanation {
  readonly state: StateName
  /** What the status means, in a sentence. */
  readonly verdict: string
  /** Why it is so, one sentence each: the data, what was due, who is behind it, how it used to be. */
  readonly sentences: readonly ToldSentence[]
}

/** Explains how fresh a feed is. */
export function toExplanation({ feed, why, provider }: Facts, telling: Telling): Explanation {
  const words = strings.marketData.explain
  const meanings: Readonly<Record<string, string>> = words.meanings
  const word = wordOfFeed(feed)
  const { about } = words
  const changed = momentOf(feed.changed_at, telling)
  const fetched = momentOf(feed.fetched_at, telling)
  return {
    state: stateOfFeed(feed.status),
    verdict: meanings[feed.status] ?? words.calm(word),
    sentences: [
      ...toldOf({ feed, why }, telling),
      { about: about.data, text: sentence(momentOf(feed.event_time, telling), words.lastData, words.noData) },
      ...(fetched ? [{ about: about.fetched, text: words.fetched(fetched) }] : []),
      ...(changed ? [{ about: about.changed, text: words.changed(changed) }] : []),
      { about: about.due, text: dueOf(feed, telling) },
      { about: about.behind, text: behindOf(feed.provider, provider, telling) },
      {
        about: about.usually,
        text:
          feed.attainment_pct === null ? words.attainmentUnknown : words.attainment(formatPercent(feed.attainment_pct)),
      },
    ],
  }
}

function sentence(moment: Moment | null, say: (moment: Moment) => string, otherwise: string): string {
  return moment ? say(moment) : otherwise
}

function dueOf(feed: Facts['feed'], { nowMs, sayAt }: Telling): string {
  const words = strings.marketData.explain
  const expectedMs = toMs(feed.expected_by)
  if (expectedMs === null) return words.nothingDue
  const lateness = latenessOf(feed, nowMs)
  const at = sayAt(expectedMs)
  return lateness === null
    ? words.dueBy(at, formatCoarse(expectedMs - nowMs))
    : words.overdue(at, formatCoarse(lateness))
}

/** Who is behind the feed, and whether it is asked at all. */
function behindOf(name: string, provider: ProviderFacts | null, telling: Telling): string {
  const words = strings.marketData.explain.behind
  if (provider === null) return words.unknown(name)
  if (!provider.enabled) return words.disabled(name)
  if (provider.api_key_configured === false) return words.keyMissing(name)
  if (provider.circuit === 'open') return circuitOpen(name, provider, telling)
  if (provider.quota_remaining === 0) return words.quotaEmpty(name)
  const moment = momentOf(provider.last_success_at, telling)
  const last = moment ? words.lastSuccess(moment.ago) : words.neverSucceeded
  const trial = provider.circuit === 'half_open' ? words.circuitHalfOpen(name) : words.asked(name)
  const { calls } = provider
  if (calls === null || calls === 0) return `${trial} ${words.noCalls} ${last}`
  return `${trial} ${words.calls(formatPercent(provider.success_rate), formatNumber(calls))} ${last}`
}

function circuitOpen(name: string, { circuit_reason, circuit_until }: ProviderFacts, { sayAt }: Telling): string {
  const words = strings.marketData.explain.behind
  const untilMs = toMs(circuit_until)
  const why = sentenceOfCode(circuit_reason ?? '') ?? words.failedOften
  return words.circuitOpen(name, why, untilMs === null ? '' : words.circuitUntil(sayAt(untilMs)))
}
