import './resources.css'

import { useApp } from '../../../app-context.ts'
import { formatInstant } from '../../../format/instants.ts'
import { useNow } from '../../../format/use-now.ts'
import { useZone } from '../../../format/use-zone.ts'
import { useStatus } from '../../../live/use-status.ts'
import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { useSchedulerKey } from '../../../ui/go-to.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { OwnPanel } from './own-panel.tsx'
import { ProcessPanel } from './process-panel.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import { SessionsPanel, StorePanel } from './store-panels.tsx'
import { UptimePanel } from './uptime-panel.tsx'
import { usePolledStatus } from './use-polled-status.ts'

/** What the process takes, how the store answers, how the uptime was spent, and the settings made at run time. */
export function ResourcesSection() {
  useTitle(strings.system.sections.resources)
  const scheduler = useSchedulerKey()
  useStatus(scheduler, 'admin')
  const status = usePolledStatus(scheduler)
  return (
    <>
      <div class="spread">
        <h1>{strings.resources.title}</h1>
        {status.readAtMs !== null && <AsOf readAtMs={status.readAtMs} />}
      </div>
      <ResourceView resource={status} rows={8}>
        {(data) => (
          <div class="resources">
            <div class="stack">
              <ProcessPanel
                process={data.process}
                abandoned={data.scheduler.abandoned_handlers}
                scheduler={scheduler}
              />
              <SessionsPanel status={data} scheduler={scheduler} />
              <SettingsPanel status={data} scheduler={scheduler} />
            </div>
            <div class="stack">
              <StorePanel status={data} scheduler={scheduler} />
              <UptimePanel status={data} scheduler={scheduler} />
              <OwnPanel metrics={data.own_metrics} scheduler={scheduler} />
            </div>
          </div>
        )}
      </ResourceView>
    </>
  )
}

function AsOf({ readAtMs }: { readonly readAtMs: number }) {
  const { hub } = useApp()
  const nowMs = useNow()
  const at = formatInstant(readAtMs, { nowMs, zone: useZone() })
  return <span class="muted">{hub.isPaused ? strings.resources.paused(at) : strings.resources.polled(at)}</span>
}
