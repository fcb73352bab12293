import type { Fate } from './fates.ts'

interface Place {
  readonly x: number
  readonly y: number
  /** Half of its size (default 5). */
  readonly r?: number
}

/** The outline of a fate's shape, filled by even and odd. Each fate has its own, so that none is a colour alone. */
export function shapeOf(fate: Fate, { x, y, r = 5 }: Place): string {
  return SHAPES[fate](x, y, r)
}

type Draw = (x: number, y: number, r: number) => string

const disc: Draw = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const ring: Draw = (x, y, r) => disc(x, y, r) + disc(x, y, r * 0.62)
const box = (x: number, y: number, width: number, height: number) => `M${x} ${y}h${width}v${height}h${-width}z`
const square: Draw = (x, y, r) => box(x - r, y - r, 2 * r, 2 * r)
const diamond: Draw = (x, y, r) => `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`

/** Two strokes from corner to corner, as an outline. */
function cross(x: number, y: number, r: number): string {
  const w = r * 0.3
  return (
    `M${x - r} ${y - r + w}l${w} ${-w}L${x} ${y - w}L${x + r - w} ${y - r}l${w} ${w}L${x + w} ${y}` +
    `L${x + r} ${y + r - w}l${-w} ${w}L${x} ${y + w}L${x - r + w} ${y + r}l${-w} ${-w}L${x - w} ${y}z`
  )
}

const SHAPES: Readonly<Record<Fate, Draw>> = {
  ran: (x, y, r) => disc(x, y, r * 0.85),
  failed: (x, y, r) => square(x, y, r) + cross(x, y, r * 0.62),
  orphaned: (x, y, r) => cross(x, y, r),
  interrupted: (x, y, r) => diamond(x, y, r * 1.25) + box(x - r * 0.18, y - r * 1.25, r * 0.36, r * 2.5),
  missed: (x, y, r) => `M${x} ${y - r}l${r} ${2 * r}h${-2 * r}z`,
  skipped: (x, y, r) => box(x - r, y - r * 0.25, 2 * r, r * 0.5),
  excluded: (x, y, r) => box(x - r, y - r * 0.25, r * 0.7, r * 0.5) + box(x + r * 0.3, y - r * 0.25, r * 0.7, r * 0.5),
  suppressed: (x, y, r) => box(x - r * 0.75, y - r, r * 0.55, 2 * r) + box(x + r * 0.2, y - r, r * 0.55, 2 * r),
  cancelled: (x, y, r) => diamond(x, y, r * 1.1) + diamond(x, y, r * 0.55),
  running: (x, y, r) =>
    `${ring(x, y, r)}M${x} ${y - r * 0.62}v${r * 0.62}h${r * 0.62}a${r * 0.62} ${r * 0.62} 0 0 0 ${-r * 0.62} ${-r * 0.62}z`,
  queued: (x, y, r) => ring(x, y, r) + disc(x, y, r * 0.28),
  pending: ring,
  caughtUp: (x, y, r) => `M${x - r} ${y - r}l${r} ${r}l${-r} ${r}zM${x} ${y - r}l${r} ${r}l${-r} ${r}z`,
  manual: (x, y, r) =>
    box(x - r * 0.25, y - r, r * 0.5, 2 * r) +
    box(x - r, y - r * 0.25, r * 0.75, r * 0.5) +
    box(x + r * 0.25, y - r * 0.25, r * 0.75, r * 0.5),
  coming: (x, y, r) => disc(x, y, r * 0.3),
  unexplained: (x, y, r) => square(x, y, r) + square(x, y, r * 0.6) + square(x, y, r * 0.22),
}
