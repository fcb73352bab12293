import type { ComponentChildren } from 'preact'

import { strings } from '../strings/index.ts'
import { Shape, type StateName } from './icons.tsx'

/** A state by shape, colour and word. The word is the state's own unless another is given. */
export function State({ state, children }: { readonly state: StateName; readonly children?: ComponentChildren }) {
  return (
    <span class="state" data-state={state}>
      <Shape state={state} />
      <span>{children ?? strings.kit.states[state]}</span>
    </span>
  )
}
