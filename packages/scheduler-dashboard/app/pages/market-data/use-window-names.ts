import { useEffect, useState } from 'preact/hooks'

import { useApp } from '../../app-context.ts'
import { formatNumber } from '../../format/numbers.ts'
import { strings } from '../../strings/index.ts'
import type { WindowId } from './feed.ts'

/** What the windows are called; the recent one by its width, which the host sets, once that is known. */
export function useWindowNames(scheduler: string): Readonly<Record<WindowId, string>> {
  const { definitions } = useApp()
  const { last_hour, recent, lifetime, last } = strings.marketData.windows
  const [hours, setHours] = useState<number | null>(null)
  useEffect(() => {
    let isHere = true
    definitions.of(scheduler, 'marketData').then(
      ({ windows }) => {
        const seconds = windows.find(({ id }) => id === 'recent')?.width_seconds
        if (isHere && seconds) setHours(seconds / 3_600)
      },
      // The name without a width says enough.
      () => {},
    )
    return () => {
      isHere = false
    }
  }, [definitions, scheduler])
  return { last_hour, recent: hours === null ? recent : last(formatNumber(hours)), lifetime }
}
