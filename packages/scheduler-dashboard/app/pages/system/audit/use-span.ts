import { useLayoutEffect, useRef, useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import type { Span } from '../../../format/span.ts'
import { type AskedRange, spanOf } from './range.ts'

/** The span of a range. One that follows the present moves on in steps, and not while it is held. */
export function useSpan(asked: AskedRange, isHeld: boolean): Span {
  const { clock, hub } = useApp()
  const key = `${asked.range} ${asked.from} ${asked.to}`
  const [, render] = useState({})
  const found = useRef({ key, span: spanOf(asked, clock.now()) })
  if (found.current.key !== key) found.current = { key, span: spanOf(asked, clock.now()) }
  const latest = useRef({ asked, isHeld })
  latest.current = { asked, isHeld }
  useLayoutEffect(
    () =>
      clock.subscribe(() => {
        if (latest.current.isHeld || hub.isPaused) return
        const span = spanOf(latest.current.asked, clock.now())
        if (span.toMs === found.current.span.toMs && span.fromMs === found.current.span.fromMs) return
        found.current = { ...found.current, span }
        render({})
      }),
    [clock, hub],
  )
  return found.current.span
}
