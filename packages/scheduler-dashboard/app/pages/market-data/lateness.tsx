import { useContext } from 'preact/hooks'

import { strings } from '../../strings/index.ts'
import { AsOfContext } from './as-of-context.ts'
import { type Feed, latenessOf } from './feed.ts'
import { formatCoarse } from './format-coarse.ts'

/** How late a feed is, counted to the present of the data. */
export function Lateness({ feed }: { readonly feed: Pick<Feed, 'expected_by' | 'status'> }) {
  const { nowMs } = useContext(AsOfContext)
  const lateness = latenessOf(feed, nowMs)
  return (
    <span class={lateness === null ? 'muted' : undefined}>
      {lateness === null ? strings.kit.none : formatCoarse(lateness)}
    </span>
  )
}
