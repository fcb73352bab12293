import './admin.css'

import { useApp } from '../../app-context.ts'
import { useTitle } from '../../shell/use-title.ts'
import { strings } from '../../strings/index.ts'
import { Forbidden, LoggedOut } from '../../ui/messages.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AttentionPanel } from './attention/attention-panel.tsx'
import { SchedulerCards } from './cards/scheduler-cards.tsx'
import { WindowSwitch } from './cards/window-switch.tsx'
import { FiresPanel } from './fires/fires-panel.tsx'
import { LogPanel } from './log/log-panel.tsx'
import { useFleet } from './use-fleet.ts'
import { VerdictLine } from './verdict-line.tsx'

/**
 * The page of operations: how all schedulers are in one sentence, each of them with its controls, what needs attention
 * with the reason itself, what comes next, and who did what.
 */
export function AdminPage() {
  const members = useFleet()
  const isRefused = (status: number) => members.every(({ live }) => live.trouble?.status === status)
  if (isRefused(401) || isRefused(403)) return <Refused isLoggedOut={isRefused(401)} />
  return (
    <>
      <div class="spread admin-head">
        <VerdictLine members={members} />
        <WindowSwitch />
      </div>
      <SchedulerCards members={members} />
      <AttentionPanel members={members} />
      <div class="admin-halves">
        <FiresPanel members={members} />
        <LogPanel members={members} />
      </div>
    </>
  )
}

/** For those who may see none of it. */
function Refused({ isLoggedOut }: { readonly isLoggedOut: boolean }) {
  const { config } = useApp()
  useTitle(strings.admin.title)
  return (
    <>
      <h1 class="sr-only">{strings.admin.title}</h1>
      <Panel title={config.schedulers.map(({ name }) => name).join(', ')}>
        {isLoggedOut ? <LoggedOut /> : <Forbidden />}
      </Panel>
    </>
  )
}
