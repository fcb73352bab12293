import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useContext } from 'preact/hooks'

import { formatDuration } from '../../format/durations.ts'
import { strings } from '../../strings/index.ts'
import { State } from '../../ui/state.tsx'
import { stateOfScheduler } from '../../ui/state-of.ts'
import { Time } from '../../ui/time.tsx'
import { AsOfContext, unlessOld } from './as-of-context.ts'

/** What fetches the data: whether it runs, when it last brought something, when it goes on. */
export function SchedulerLine({ scheduler }: Pick<MarketDataStatusV2, 'scheduler'>) {
  const asOf = useContext(AsOfContext)
  const words = strings.marketData.scheduler
  const { state, last_success_at, next_run_at, interval_minutes } = scheduler
  return (
    <p class="cluster wide muted">
      <State state={unlessOld(stateOfScheduler(state), asOf)}>{words.states[state]}</State>
      <span>
        {words.lastSuccess} <Time at={last_success_at} none={strings.kit.never} />
      </span>
      <span>
        {words.nextRun} <Time at={next_run_at} />
        {interval_minutes !== null && `, ${words.every(formatDuration(interval_minutes * 60_000))}`}
      </span>
    </p>
  )
}
