import { useApp } from '../../../app-context.ts'
import { useHold } from '../../../data/use-hold.ts'
import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Table } from '../../../ui/table.tsx'
import type { Member } from '../use-fleet.ts'
import { useReloadOn } from '../use-reload-on.ts'
import { useFireColumns } from './fire-columns.tsx'
import { readFires } from './read-fires.ts'

/** The next fires over all schedulers, counting down. */
export function FiresPanel({ members }: { readonly members: readonly Member[] }) {
  const { apiOf, config } = useApp()
  const words = strings.admin.fires
  const { ref, isHeld } = useHold()
  const columns = useFireColumns({ hasScheduler: members.length > 1 })
  const resource = useResource('fires', (_api, signal) => readFires({ schedulers: config.schedulers, apiOf, signal }), {
    scheduler: config.schedulers[0]?.key ?? '',
    isHeld,
  })
  useReloadOn(members.map(signatureOf).join('\n'), resource.reload)
  return (
    <Panel title={words.title}>
      <div ref={ref} class="admin-fires">
        <ResourceView resource={resource} rows={8}>
          {({ fires, unread }) => (
            <>
              {unread.length > 0 && <p class="muted">{words.partly(unread.join(', '))}</p>}
              {fires.length === 0 ? (
                <Empty {...words.empty} />
              ) : (
                <Table label={words.list} columns={columns} rows={fires} keyOf={({ id }) => id} />
              )}
            </>
          )}
        </ResourceView>
      </div>
    </Panel>
  )
}

/** What the fires depend on. */
function signatureOf({ live: { status } }: Member): string {
  if (status === null) return ''
  const { scheduler, jobs } = status
  return [scheduler.next_run_at, scheduler.desired.version, scheduler.running_runs, jobs.total, jobs.paused].join(' ')
}
