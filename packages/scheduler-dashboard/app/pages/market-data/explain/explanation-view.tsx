import { formatFull, formatInstant, toMs } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { wordOfFeed } from '../feed.ts'
import type { Facts } from './facts.ts'
import { toExplanation } from './to-explanation.ts'

/** The freshness of a feed in sentences. */
export function ExplanationView({
  facts,
  nowMs,
  isFrozen,
}: {
  readonly facts: Facts
  readonly nowMs: number
  readonly isFrozen: boolean
}) {
  const zone = useZone()
  // A frozen moment may be read on any day.
  const sayAt = (ms: number) => (isFrozen ? formatFull(ms, zone) : formatInstant(ms, { nowMs, zone }))
  const { state, verdict, sentences } = toExplanation(facts, { nowMs, sayAt, isFrozen })
  const words = strings.marketData.explain
  const asOf = sayAt(toMs(facts.as_of) ?? nowMs)
  return (
    <>
      <p class="cluster">
        <State state={state}>{wordOfFeed(facts.feed)}</State>
        <span>{verdict}</span>
      </p>
      <dl class="sentences">
        {sentences.map(({ about, text }) => [<dt key={about}>{about}</dt>, <dd key={`${about} text`}>{text}</dd>])}
      </dl>
      <p class="muted">{isFrozen ? `${words.frozen(asOf)}. ${words.frozenText}` : words.now(asOf)}</p>
    </>
  )
}
