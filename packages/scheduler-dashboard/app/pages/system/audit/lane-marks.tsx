import type { JobAuditView } from '@pm/scheduler-core/contract/v2'
import { useMemo } from 'preact/hooks'

import type { LaneItem, LaneView } from './to-items.ts'
import { LANE, toPaths, type XOf } from './to-paths.ts'

/** The marks of a lane as a picture: a path for each kind, and a frame around the one that is looked at. */
export function LaneMarks({
  view,
  xOf,
  width,
  active,
  chosen,
  undefinedIn,
}: {
  readonly view: LaneView
  readonly xOf: XOf
  readonly width: number
  readonly active: LaneItem | null
  readonly chosen: LaneItem | null
  /** When no open instance had the job. */
  readonly undefinedIn: JobAuditView['not_defined']
}) {
  const { ticks, lines, tracks, bands, fates } = useMemo(() => toPaths(view.items, xOf), [view, xOf])
  return (
    <svg class="audit-marks" width={width} height={LANE.height} aria-hidden="true">
      {undefinedIn.map(({ from, to }) => {
        const start = xOf(Date.parse(from))
        return (
          <rect
            key={from}
            class="audit-undefined"
            x={start}
            width={Math.max(1, xOf(Date.parse(to)) - start)}
            height="100%"
          />
        )
      })}
      <path class="audit-track" d={tracks} />
      <path class="audit-tick" d={ticks} />
      <path class="audit-line" d={lines} />
      {bands.map(({ key, fate, path }) => (
        <path key={key} class="audit-band" data-fate={fate} d={path} />
      ))}
      {fates.map(({ key, fate, path }) => (
        <path key={key} class="fate" data-fate={fate} fill-rule="evenodd" d={path} />
      ))}
      {chosen && <Frame item={chosen} xOf={xOf} kind="chosen" />}
      {active && <Frame item={active} xOf={xOf} kind="active" />}
    </svg>
  )
}

interface FrameProps {
  readonly item: LaneItem
  readonly xOf: XOf
  readonly kind: 'active' | 'chosen'
}

function Frame({ item, xOf, kind }: FrameProps) {
  const [fromMs, toMs] = item.kind === 'bin' ? [item.bin.fromMs, item.bin.toMs] : endsOf(item)
  const [start, end] = [xOf(fromMs) - (item.kind === 'bin' ? 1 : 9), xOf(toMs) + (item.kind === 'bin' ? 0 : 9)]
  return (
    <rect class="audit-frame" data-kind={kind} x={start} y={1} width={end - start} height={LANE.height - 2} rx={3} />
  )
}

function endsOf({ mark }: Extract<LaneItem, { readonly kind: 'mark' }>): readonly [number, number] {
  return [mark.atMs, mark.count > 1 ? (mark.untilMs ?? mark.atMs) : mark.atMs]
}
