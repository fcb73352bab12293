import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useContext, useEffect } from 'preact/hooks'

import { useApp } from '../../app-context.ts'
import { strings } from '../../strings/index.ts'
import { Shape } from '../../ui/icons.tsx'
import { AsOfContext } from './as-of-context.ts'
import { toVerdict } from './to-verdict.ts'

/** The state of the data in one sentence. A screen reader hears it when it changes, not as its ages tick. */
export function VerdictLine({ status }: { readonly status: MarketDataStatusV2 }) {
  const { announcer } = useApp()
  const { nowMs, oldSince } = useContext(AsOfContext)
  const { state, text, spoken } = toVerdict(status, { nowMs, asOf: oldSince })
  useEffect(() => announcer.say(spoken), [announcer, spoken])
  return (
    <h1 class="verdict" data-state={state}>
      <span class="sr-only">{strings.marketData.title}: </span>
      <Shape state={state} />
      <span class="verdict-text">{text}</span>
    </h1>
  )
}
