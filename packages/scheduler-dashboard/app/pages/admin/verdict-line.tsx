import { useEffect } from 'preact/hooks'

import { useApp } from '../../app-context.ts'
import { formatInstant, toMs } from '../../format/instants.ts'
import { useZone } from '../../format/use-zone.ts'
import { useTitle } from '../../shell/use-title.ts'
import { strings } from '../../strings/index.ts'
import { Shape } from '../../ui/icons.tsx'
import { toVerdict } from './to-verdict.ts'
import type { Member } from './use-fleet.ts'

/** The page's heading: how all schedulers are, in one sentence. A screen reader hears when it changes. */
export function VerdictLine({ members }: { readonly members: readonly Member[] }) {
  const { announcer, clock } = useApp()
  const zone = useZone()
  const say = (at: string) => formatInstant(toMs(at) ?? 0, { nowMs: clock.now(), zone })
  const { state, text, attention } = toVerdict(members, say)
  useTitle(attention > 0 ? strings.admin.titleOf(attention) : strings.admin.title)
  useEffect(() => announcer.say(text), [announcer, text])
  return (
    <h1 class="verdict" data-state={state}>
      <Shape state={state} />
      <span class="sr-only">{strings.admin.title}: </span>
      {text}
    </h1>
  )
}
