import { useStore } from '../../../store.ts'
import { Lane, type LaneProps } from './lane.tsx'
import type { LaneStore } from './lane-store.ts'
import type { LaneItem, LaneView } from './to-items.ts'
import type { PicturePlace } from './walk-picture.ts'

type Given = Omit<LaneProps, 'state' | 'view' | 'active' | 'chosen' | 'isHere'>

export interface ShownLaneProps extends Given {
  readonly store: LaneStore
  readonly viewOf: (job: string) => LaneView | null
  /** Where the reader is, when it is in this lane. */
  readonly place: PicturePlace | null
  readonly isChosen: (job: string, item: LaneItem) => boolean
}

/** A lane that follows what is read of it. */
export function ShownLane({ store, viewOf, place, isChosen, ...rest }: ShownLaneProps) {
  const { job } = rest.head
  const { state } = useStore(store.of(job))
  const view = viewOf(job)
  const items = view?.items ?? []
  return (
    <Lane
      {...rest}
      state={state}
      view={view}
      isHere={place !== null}
      active={(place?.key && items.find(({ key }) => key === place.key)) || null}
      chosen={items.find((item) => isChosen(job, item)) ?? null}
    />
  )
}
