import type { FeedState } from '../../../ui/state-of.ts'
import { type GridLayout, placeOf } from './grid-layout.ts'

export interface GridDrawing {
  readonly context: CanvasRenderingContext2D
  readonly layout: GridLayout
  readonly states: readonly FeedState[]
  readonly colours: Readonly<Record<FeedState, string>>
  /** Pixels of the screen for one of CSS. */
  readonly ratio: number
}

/** Draws every cell: a shape and a colour for each state, what is well in the quietest way. */
export function drawGrid({ context, layout, states, colours, ratio }: GridDrawing): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, layout.columns * layout.pitch, layout.rows * layout.pitch)
  const inset = (layout.pitch - layout.size) / 2
  for (const [index, state] of states.entries()) {
    const { x, y } = placeOf(layout, index)
    context.fillStyle = colours[state]
    context.strokeStyle = colours[state]
    drawSign(context, state, { x: x + inset, y: y + inset, size: layout.size })
  }
}

interface Box {
  readonly x: number
  readonly y: number
  readonly size: number
}

function drawSign(context: CanvasRenderingContext2D, state: FeedState, { x, y, size }: Box): void {
  const middle = size / 2
  context.beginPath()
  context.lineWidth = Math.max(1.5, size / 7)
  if (state === 'late') {
    context.moveTo(x + middle, y)
    context.lineTo(x + size, y + size)
    context.lineTo(x, y + size)
    context.fill()
  } else if (state === 'failed') {
    // The cross is cut out of the square, so that it is seen on any ground.
    context.rect(x, y, size, size)
    context.fill()
    context.save()
    context.globalCompositeOperation = 'destination-out'
    const cut = size / 4
    context.beginPath()
    context.moveTo(x + cut, y + cut)
    context.lineTo(x + size - cut, y + size - cut)
    context.moveTo(x + size - cut, y + cut)
    context.lineTo(x + cut, y + size - cut)
    context.stroke()
    context.restore()
  } else if (state === 'paused') {
    const bar = size / 4
    context.fillRect(x + bar * 0.6, y + size * 0.1, bar, size * 0.8)
    context.fillRect(x + size - bar * 1.6, y + size * 0.1, bar, size * 0.8)
  } else if (state === 'unknown') {
    context.arc(x + middle, y + middle, middle - context.lineWidth, 0, 2 * Math.PI)
    context.stroke()
  } else {
    context.arc(x + middle, y + middle, size * 0.3, 0, 2 * Math.PI)
    context.fill()
  }
}
