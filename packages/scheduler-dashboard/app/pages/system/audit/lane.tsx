import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { useTo } from '../../../ui/go-to.tsx'
import { LaneMarks } from './lane-marks.tsx'
import type { LaneState } from './lane-store.ts'
import type { LaneItem, LaneView } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'
import type { XOf } from './to-paths.ts'
import { wordsOfLane } from './to-words.ts'

export interface LaneProps {
  readonly head: LaneHead
  readonly index: number
  readonly state: LaneState['state']
  /** `null` until it has been read. */
  readonly view: LaneView | null
  readonly xOf: XOf
  readonly width: number
  /** Where the reader is; `isHere` also without a mark. */
  readonly isHere: boolean
  readonly active: LaneItem | null
  readonly chosen: LaneItem | null
  readonly activeId: string
  readonly activeWords: string | null
  readonly onShown: (job: string) => () => void
}

/** A job's lane: its name with what is wrong, and its marks. The mark that the reader is at is a cell of its own. */
export function Lane(props: LaneProps) {
  const { head, index, state, view, xOf, width, isHere, active, chosen, activeId, activeWords, onShown } = props
  const to = useTo()
  useEffect(() => onShown(head.job), [head.job, onShown])
  return (
    <div class="audit-row" role="row" aria-rowindex={index + 1} data-job={head.job} data-here={isHere || undefined}>
      <div role="rowheader" class="audit-name">
        <Link href={to(routes.job(head.job))} tabIndex={-1}>
          {head.job}
        </Link>
        <span class={head.problems > 0 ? 'audit-problems' : 'muted'}>{underName(head, view, state)}</span>
      </div>
      <div role="gridcell" class="audit-cell" id={isHere && active === null ? activeId : undefined}>
        <span class="sr-only">{wordsOfLane(head)}</span>
        {view === null ? (
          <span class="audit-wait" data-state={state} />
        ) : (
          <LaneMarks {...{ view, xOf, width, active, chosen }} undefinedIn={head.audit.not_defined} />
        )}
      </div>
      {active && (
        <div role="gridcell" class="sr-only" id={activeId}>
          {activeWords}
        </div>
      )}
    </div>
  )
}

function underName({ problems, audit }: LaneHead, view: LaneView | null, state: LaneState['state']): string {
  const { lane, verdict } = strings.audit
  if (view === null) return state === 'failed' ? lane.failed : lane.loading
  const bars = view.binMs === null ? [] : [(view.isBySettling ? lane.settled : lane.perBar)(formatDuration(view.binMs))]
  const wrong = problems > 0 ? [verdict.problem(formatNumber(problems))] : []
  return [...wrong, lane.due(formatNumber(audit.expected)), ...bars].join(' · ')
}
