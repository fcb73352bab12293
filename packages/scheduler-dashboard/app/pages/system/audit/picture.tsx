import { useCallback, useId, useRef } from 'preact/hooks'
import { Virtualizer, type VirtualizerHandle } from 'virtua'

import { useApp } from '../../../app-context.ts'
import type { Span } from '../../../format/span.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import { useWidth } from '../../../ui/use-width.ts'
import { Axis, AxisLines, type AxisProps, NowLine } from './axis.tsx'
import type { LaneStore } from './lane-store.ts'
import { ShownLane } from './shown-lane.tsx'
import type { LaneItem } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'
import { wordsOfBin, wordsOfLane, wordsOfMark } from './to-words.ts'
import { useScale, useViews, useWalking } from './use-picture.ts'

export interface PictureProps {
  readonly lanes: readonly LaneHead[]
  readonly span: Span
  readonly store: LaneStore
  readonly isChosen: (job: string, item: LaneItem) => boolean
  readonly onChoose: (head: LaneHead, item: LaneItem) => void
}

/**
 * A lane for each job, some twenty of them in the document. One tab stop: arrows walk, Enter asks, and every mark speaks;
 * what the reader is at is also written below.
 */
export function Picture({ lanes, span, store, isChosen, onChoose }: PictureProps) {
  const id = useId()
  const list = useRef<VirtualizerHandle>(null)
  const { ref: axis, width } = useWidth<HTMLDivElement>()
  const xOf = useScale(span, width)
  const viewOf = useViews(store, span, width)
  const itemsOf = (lane: number) => viewOf(lanes[lane]?.job ?? '')?.items ?? []
  const walking = useWalking({ lanes, itemsOf, span, xOf, width, axis, list, onChoose })
  const { place, onKeyDown, onPointerMove, onClick } = walking
  const head = lanes[place.lane]
  const words = useWords(itemsOf(place.lane).find(({ key }) => key === place.key) ?? null)
  const onShown = useShown(store)
  const frame = { span, zone: useZone(), width, xOf }
  return (
    <div class="audit-picture">
      <div class="audit-head">
        <div class="audit-corner" />
        <div ref={axis} class="audit-scale">
          {width > 0 && <Axis {...frame} />}
        </div>
      </div>
      <div class="audit-stage">
        <Behind {...frame} />
        <div
          class="audit-body"
          role="grid"
          tabIndex={0}
          aria-label={strings.audit.picture}
          aria-rowcount={lanes.length}
          aria-describedby={`${id}-keys`}
          aria-activedescendant={head ? `${id}-active` : undefined}
          {...{ onKeyDown, onPointerMove, onClick }}
        >
          <Virtualizer ref={list} data={lanes} keepMounted={[Math.min(place.lane, Math.max(0, lanes.length - 1))]}>
            {(lane: LaneHead, index: number) => (
              <ShownLane
                key={lane.job}
                head={lane}
                {...{ index, store, viewOf, xOf, width, isChosen, onShown }}
                place={index === place.lane ? place : null}
                activeId={`${id}-active`}
                activeWords={index === place.lane ? words : null}
              />
            )}
          </Virtualizer>
        </div>
      </div>
      <p class="audit-reading" aria-hidden="true">
        {head && (words === null ? wordsOfLane(head) : `${head.job}: ${words}`)}
      </p>
      <p id={`${id}-keys`} class="field-hint">
        {strings.audit.keys}
      </p>
    </div>
  )
}

function Behind(frame: AxisProps) {
  return (
    <div class="audit-behind">
      <AxisLines {...frame} />
      <NowLine {...frame} />
    </div>
  )
}

/** What the mark that the reader is at says. */
function useWords(item: LaneItem | null): string | null {
  const { clock } = useApp()
  const telling = { nowMs: clock.now(), zone: useZone() }
  if (item === null) return null
  return item.kind === 'bin' ? wordsOfBin(item.bin, telling) : wordsOfMark(item.mark, telling)
}

/** Reads a lane as it comes into view. */
function useShown(store: LaneStore): (job: string) => () => void {
  return useCallback(
    (job: string) => {
      store.want(job)
      return () => store.unwant(job)
    },
    [store],
  )
}
