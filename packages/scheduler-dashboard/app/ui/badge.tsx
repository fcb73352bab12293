import type { ComponentChildren } from 'preact'

import type { StateName } from './icons.tsx'

/** A short word in a frame: a state's colour, or `calm`, or `alarming` for what must not be overlooked. */
export function Badge({
  tone = 'calm',
  children,
}: {
  readonly tone?: 'calm' | 'alarming' | StateName
  readonly children: ComponentChildren
}) {
  return (
    <span class="badge" data-tone={tone} data-state={tone}>
      {children}
    </span>
  )
}
