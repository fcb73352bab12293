import { useApp } from '../../../app-context.ts'
import { text } from '../../../data/query-fields.ts'
import { useHold } from '../../../data/use-hold.ts'
import { usePages } from '../../../data/use-pages.ts'
import { useQueryState } from '../../../data/use-query-state.ts'
import { formatInstant, toMs } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { useSchedulerKey } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import type { Member } from '../use-fleet.ts'
import { useReloadOn } from '../use-reload-on.ts'
import { LogFilters } from './log-filters.tsx'
import { LogItem } from './log-item.tsx'
import { toLogLine } from './to-log-line.ts'

const FIELDS = { job: text(64) }
const A_PAGE = 30

/** Who commanded what, when and why: of the scheduler that is chosen, and of one job when it is asked for. */
export function LogPanel({ members }: { readonly members: readonly Member[] }) {
  const { clock } = useApp()
  const zone = useZone()
  const scheduler = useSchedulerKey()
  const [{ job }, setQuery] = useQueryState(FIELDS)
  const { ref, isHeld } = useHold()
  const words = strings.admin.log
  const list = usePages(
    `log ${job}`,
    ({ admin }, cursor) =>
      admin.log({ limit: A_PAGE, ...(job !== '' && { job }), ...(cursor !== undefined && { cursor }) }),
    { scheduler, isHeld, keyOf: ({ id }) => id },
  )
  const status = members.find(({ key }) => key === scheduler)?.live.status
  useReloadOn(`${scheduler} ${status?.scheduler.desired.version ?? 0}`, list.reload)
  const say = (at: string) => formatInstant(toMs(at) ?? 0, { nowMs: clock.now(), zone })
  return (
    <Panel
      title={words.title}
      aside={<LogFilters members={members} scheduler={scheduler} job={job} onJob={(next) => setQuery({ job: next })} />}
    >
      <div ref={ref} class="stack">
        <ResourceView resource={list} rows={6}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty {...(job === '' ? words.empty : words.emptyJob)} />
            ) : (
              <ol class="admin-log" aria-label={words.list}>
                {rows.map((entry) => (
                  <LogItem key={entry.id} line={toLogLine(entry, say)} scheduler={scheduler} />
                ))}
              </ol>
            )
          }
        </ResourceView>
        {list.hasMore && (
          <div>
            <Button onClick={list.loadMore}>{list.isLoadingMore ? strings.kit.more : words.more}</Button>
          </div>
        )}
      </div>
    </Panel>
  )
}
