import { useApp } from '../../../app-context.ts'
import { failureOf } from '../../../data/failure.ts'
import { strings } from '../../../strings/index.ts'
import { ErrorState, Forbidden, Loading, LoggedOut } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { State } from '../../../ui/state.tsx'
import { stateOfScheduler } from '../../../ui/state-of.ts'
import { Controls } from '../controls/controls.tsx'
import type { Member } from '../use-fleet.ts'
import { AskedLine } from './asked-line.tsx'
import { CardNumbers } from './card-numbers.tsx'
import { HealthLine } from './health-line.tsx'
import { RunStrip } from './run-strip.tsx'
import type { WindowName } from './windows.ts'

/** One scheduler: how it is beside what was asked, its numbers, its latest runs and its controls. */
export function SchedulerCard({ member, window }: { readonly member: Member; readonly window: WindowName }) {
  const { config } = useApp()
  const { key, name, live } = member
  const { status, trouble } = live
  if (status === null || trouble?.status === 401 || trouble?.status === 403)
    return (
      <Panel title={name}>
        <Missing live={live} />
      </Panel>
    )
  const { state, health } = status.scheduler
  return (
    <Panel title={name} aside={<State state={stateOfScheduler(state)}>{strings.admin.card.states[state]}</State>}>
      <div class="admin-facts">
        <HealthLine health={health} />
        <AskedLine scheduler={status.scheduler} />
      </div>
      <CardNumbers schedulerKey={key} status={status} window={window} />
      <RunStrip schedulerKey={key} name={name} />
      {config.may.control && <Controls schedulerKey={key} name={name} status={status} />}
    </Panel>
  )
}

function Missing({ live: { trouble } }: Pick<Member, 'live'>) {
  if (trouble?.status === 401) return <LoggedOut />
  if (trouble?.status === 403) return <Forbidden />
  return trouble ? <ErrorState failure={failureOf(trouble)} /> : <Loading rows={8} />
}
