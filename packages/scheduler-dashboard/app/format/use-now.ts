import { useLayoutEffect, useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'

/** The present instant in milliseconds; the component renders anew each second. */
export function useNow(): number {
  const { clock } = useApp()
  const [, render] = useState({})
  useLayoutEffect(() => clock.subscribe(() => render({})), [clock])
  return clock.now()
}
