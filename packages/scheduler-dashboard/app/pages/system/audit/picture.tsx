import { useCallback, useId, useMemo, useRef, useState } from 'preact/hooks'
import { Virtualizer, type VirtualizerHandle } from 'virtua'

import { useApp } from '../../../app-context.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import { Axis, AxisLines, NowLine } from './axis.tsx'
import type { LaneStore } from './lane-store.ts'
import { ShownLane } from './shown-lane.tsx'
import { isReached, type LaneItem, nearestItem, toLaneView } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'
import type { Span } from './to-marks.ts'
import { wordsOfBin, wordsOfLane, wordsOfMark } from './to-words.ts'
import { useWidth } from './use-width.ts'
import { type PicturePlace, walkPicture } from './walk-picture.ts'

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
  const { clock } = useApp()
  const zone = useZone()
  const id = useId()
  const list = useRef<VirtualizerHandle>(null)
  const { ref: axis, width } = useWidth<HTMLDivElement>()
  const [place, setPlace] = useState<PicturePlace>({ lane: 0, key: null })
  const latest = useRef(place)
  latest.current = place

  const xOf = useCallback(
    (atMs: number) => ((atMs - span.fromMs) / (span.toMs - span.fromMs)) * width,
    [span.fromMs, span.toMs, width],
  )
  const viewOf = useMemo(() => {
    const views = new Map<unknown, ReturnType<typeof toLaneView>>()
    return (job: string) => {
      const { data } = store.of(job).get()
      if (data === null) return null
      const known = views.get(data)
      if (known) return known
      const view = toLaneView(data, span, width)
      views.set(data, view)
      return view
    }
  }, [store, span.fromMs, span.toMs, width])
  const itemsOf = (lane: number) => {
    const head = lanes[lane]
    return head ? (viewOf(head.job)?.items ?? []) : []
  }

  function goTo(next: PicturePlace): void {
    latest.current = next
    setPlace(next)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = latest.current
    const next = walkPicture(event.key, at, { lanes: lanes.length, itemsOf })
    const head = lanes[at.lane]
    const item = itemsOf(at.lane).find(({ key }) => key === at.key)
    if (next !== null) {
      goTo(next)
      list.current?.scrollToIndex(next.lane, { align: 'nearest' })
    } else if ((event.key === 'Enter' || event.key === ' ') && head && item) onChoose(head, item)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function atPointer(event: MouseEvent): { readonly place: PicturePlace; readonly item: LaneItem | null } | null {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-job]') : null
    const left = axis.current?.getBoundingClientRect().left
    const lane = lanes.findIndex(({ job }) => job === row?.dataset['job'])
    if (lane === -1 || left === undefined) return null
    const x = event.clientX - left
    const item = nearestItem(itemsOf(lane), span.fromMs + (x / width) * (span.toMs - span.fromMs))
    const isNear = item !== null && x >= 0 && isReached(item, x, xOf)
    return { place: { lane, key: isNear ? item.key : null }, item: isNear ? item : null }
  }

  function onPointerMove(event: MouseEvent): void {
    const found = atPointer(event)
    if (!found || (found.place.lane === latest.current.lane && found.place.key === latest.current.key)) return
    goTo(found.place)
  }

  function onClick(event: MouseEvent): void {
    const found = atPointer(event)
    const head = found && lanes[found.place.lane]
    if (found?.item && head) onChoose(head, found.item)
  }

  const head = lanes[place.lane]
  const item = itemsOf(place.lane).find(({ key }) => key === place.key) ?? null
  const telling = { nowMs: clock.now(), zone }
  const words = item && (item.kind === 'bin' ? wordsOfBin(item.bin, telling) : wordsOfMark(item.mark, telling))
  const onShown = useCallback(
    (job: string) => {
      store.want(job)
      return () => store.unwant(job)
    },
    [store],
  )
  const frame = { span, zone, width, xOf }
  return (
    <div class="audit-picture">
      <div class="audit-head">
        <div class="audit-corner" />
        <div ref={axis} class="audit-scale">
          {width > 0 && <Axis {...frame} />}
        </div>
      </div>
      <div class="audit-stage">
        <div class="audit-behind">
          <AxisLines {...frame} />
          <NowLine {...frame} />
        </div>
        <div
          class="audit-body"
          role="grid"
          tabIndex={0}
          aria-label={strings.audit.picture}
          aria-rowcount={lanes.length}
          aria-describedby={`${id}-keys`}
          aria-activedescendant={head ? `${id}-active` : undefined}
          onKeyDown={onKeyDown}
          onPointerMove={onPointerMove}
          onClick={onClick}
        >
          <Virtualizer ref={list} data={lanes} keepMounted={[Math.min(place.lane, Math.max(0, lanes.length - 1))]}>
            {(lane: LaneHead, index: number) => (
              <ShownLane
                key={lane.job}
                head={lane}
                index={index}
                store={store}
                viewOf={viewOf}
                xOf={xOf}
                width={width}
                place={index === place.lane ? place : null}
                isChosen={isChosen}
                activeId={`${id}-active`}
                activeWords={index === place.lane ? words : null}
                onShown={onShown}
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
