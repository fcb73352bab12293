import type { RefObject } from 'preact'
import { useCallback, useMemo, useRef, useState } from 'preact/hooks'
import type { VirtualizerHandle } from 'virtua'
import type { Span } from '../../../format/span.ts'
import type { LaneStore } from './lane-store.ts'
import { isReached, type LaneItem, type LaneView, nearestItem, toLaneView } from './to-items.ts'
import type { LaneHead } from './to-lanes.ts'
import type { XOf } from './to-paths.ts'
import { type PicturePlace, walkPicture } from './walk-picture.ts'

/** Where an instant lies in a picture of some width. */
export function useScale(span: Span, width: number): XOf {
  return useCallback(
    (atMs: number) => ((atMs - span.fromMs) / (span.toMs - span.fromMs)) * width,
    [span.fromMs, span.toMs, width],
  )
}

/** What each lane shows at this width; made once for what was read. */
export function useViews(store: LaneStore, span: Span, width: number): (job: string) => LaneView | null {
  return useMemo(() => {
    const views = new Map<unknown, LaneView>()
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
}

export interface Walking {
  readonly lanes: readonly LaneHead[]
  readonly itemsOf: (lane: number) => readonly LaneItem[]
  readonly span: Span
  readonly xOf: XOf
  readonly width: number
  readonly axis: RefObject<HTMLElement>
  readonly list: RefObject<VirtualizerHandle>
  readonly onChoose: (head: LaneHead, item: LaneItem) => void
}

/** Where the reader is in the picture, by the arrows or by the pointer. */
export function useWalking(walking: Walking) {
  const { lanes, itemsOf, span, xOf, width, axis, list, onChoose } = walking
  const [place, setPlace] = useState<PicturePlace>({ lane: 0, key: null })
  // Keys may come faster than renders.
  const latest = useRef(place)
  latest.current = place

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

  function atPointer(event: MouseEvent): { readonly lane: number; readonly item: LaneItem | null } | null {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-job]') : null
    const left = axis.current?.getBoundingClientRect().left
    const lane = lanes.findIndex(({ job }) => job === row?.dataset['job'])
    if (lane === -1 || left === undefined) return null
    const x = event.clientX - left
    const item = nearestItem(itemsOf(lane), span.fromMs + (x / width) * (span.toMs - span.fromMs))
    return { lane, item: item !== null && x >= 0 && isReached(item, x, xOf) ? item : null }
  }

  return {
    place,
    onKeyDown,
    onPointerMove(event: MouseEvent) {
      const found = atPointer(event)
      const key = found?.item?.key ?? null
      if (!found || (found.lane === latest.current.lane && key === latest.current.key)) return
      goTo({ lane: found.lane, key })
    },
    onClick(event: MouseEvent) {
      const found = atPointer(event)
      const head = found && lanes[found.lane]
      if (found?.item && head) onChoose(head, found.item)
    },
  }
}
