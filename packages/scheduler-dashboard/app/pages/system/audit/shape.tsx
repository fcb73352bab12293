import { shapeOf } from './fate-shapes.ts'
import type { Fate } from './fates.ts'

/** The shape of a fate, for the eye alone: its word stands beside it. */
export function FateShape({ fate }: { readonly fate: Fate }) {
  return (
    <svg class="fate-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path class="fate" data-fate={fate} fill-rule="evenodd" d={shapeOf(fate, { x: 8, y: 8 })} />
    </svg>
  )
}

/** A fate by shape, colour and word. */
export function FateWord({ fate, children }: { readonly fate: Fate; readonly children: string }) {
  return (
    <span class="fate-word">
      <FateShape fate={fate} />
      <span>{children}</span>
    </span>
  )
}
