import type { AdminStatusV2, ConfigurationView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { GoTo } from '../../../ui/go-to.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'
import { Metric } from '../../../ui/metric.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { ConcurrencyDialog } from './concurrency-dialog.tsx'

const words = strings.resources.settings

/** The settings made at run time; the concurrency can be changed, and set back to what the code says. */
export function SettingsPanel({ status, scheduler }: { readonly status: AdminStatusV2; readonly scheduler: string }) {
  const config = useResource(`config ${status.scheduler.desired.version}`, (api) => api.admin.config(), { scheduler })
  return (
    <Panel title={words.title}>
      <ResourceView resource={config} rows={3}>
        {(data) => (
          <Settings
            config={data}
            concurrency={status.scheduler.concurrency}
            scheduler={scheduler}
            reload={config.reload}
          />
        )}
      </ResourceView>
    </Panel>
  )
}

interface SettingsProps {
  readonly config: ConfigurationView
  /** In effect; `null` is no limit. */
  readonly concurrency: number | null
  readonly scheduler: string
  readonly reload: () => void
}

function Settings({ config, concurrency, scheduler, reload }: SettingsProps) {
  const { may, parts } = useApp().config
  const [open, setOpen] = useState<'edit' | 'undo' | null>(null)
  const refusal = !may.control ? words.notAllowed : !parts.configuration ? words.notServed : null
  const isSet = config.concurrency !== null
  const providers = Object.entries(config.providers)
  const jobs = Object.keys(config.jobs)
  return (
    <>
      <div class="spread">
        <Metric id="concurrency" label={words.concurrency} scheduler={scheduler} view="admin">
          {concurrency === null ? words.unlimited : formatNumber(concurrency)}
        </Metric>
        <div class="cluster">
          <Button onClick={() => setOpen('edit')} disabledBecause={refusal}>
            {words.edit}
          </Button>
          <Button onClick={() => setOpen('undo')} disabledBecause={refusal ?? (isSet ? null : words.isCode)}>
            {words.undo}
          </Button>
        </div>
      </div>
      <KeyValue
        pairs={[
          [words.origin, isSet ? words.setBy : words.byCode],
          ...(providers.length > 0
            ? [
                [
                  words.providers,
                  providers.map(([name, { enabled }]) => `${name}: ${enabled ? words.on : words.off}`).join(', '),
                ] as const,
              ]
            : []),
          ...(jobs.length > 0
            ? [
                [
                  words.jobs,
                  <span key="jobs" class="cluster">
                    {jobs.slice(0, MOST_JOBS).map((job) => (
                      <GoTo key={job} to={routes.job(job)}>
                        {job}
                      </GoTo>
                    ))}
                    {jobs.length > MOST_JOBS && <span class="muted">+{formatNumber(jobs.length - MOST_JOBS)}</span>}
                  </span>,
                ] as const,
              ]
            : []),
          [words.version, formatNumber(config.version)],
        ]}
      />
      {open && (
        <ConcurrencyDialog
          kind={open}
          present={concurrency}
          version={config.version}
          scheduler={scheduler}
          onConflict={reload}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

const MOST_JOBS = 20
