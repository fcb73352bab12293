import type { LogEntryView, RunView } from '@pm/scheduler-core/contract/v2'

import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Time } from '../../../ui/time.tsx'

/** Who asked for the run and who cancelled it, by the log. */
export function WhoAsked({ run, scheduler }: { readonly run: RunView; readonly scheduler: string }) {
  const { id, cancel_requested, trigger } = run
  const log = useResource(`log of run ${id} ${cancel_requested}`, ({ admin }) => admin.log({ run_id: id, limit: 20 }), {
    scheduler,
  })
  const words = strings.runs.asked
  return (
    <section class="stack" aria-label={words.title}>
      <h3>{words.title}</h3>
      <ResourceView resource={log} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{words.by[trigger]}</p>
          ) : (
            <ul class="stack">
              {items.map((entry) => (
                <Asked key={entry.id} entry={entry} />
              ))}
            </ul>
          )
        }
      </ResourceView>
    </section>
  )
}

function Asked({ entry: { kind, by, why, at } }: { readonly entry: LogEntryView }) {
  const words = strings.runs.asked
  return (
    <li class="anywhere">
      <strong>{by}</strong> {strings.job.log.kinds[kind]} <Time at={at} />
      {why === null ? '.' : `: ${why}`}
      {why === null && <span class="muted"> {words.noReason}</span>}
    </li>
  )
}
