import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { Time } from '../../../ui/time.tsx'
import { type After, type NextDueRow, toNextDue } from './to-next-due.ts'

const STATES = { runs: 'ok', missed: 'late', suppressed: 'paused' } as const satisfies Record<
  NextDueRow['fate'],
  string
>

/** The next due times of a scheduler: as they are now, and what becomes of them. */
export function NextDue({ schedulerKey, after }: { readonly schedulerKey: string; readonly after: After }) {
  const { data } = useResource(
    'next due',
    ({ admin }) => admin.jobs({ order: 'next_run_at', limit: 3, fields: 'next_run_at' }),
    {
      scheduler: schedulerKey,
    },
  )
  const items = data?.items.map(({ name, next_run_at }) => ({ job: name, at: next_run_at })) ?? null
  return <NextDueOf items={items} after={after} />
}

/** The same for due times that are known already; `null` while they are read. */
export function NextDueOf({
  items,
  after,
}: {
  readonly items: readonly { readonly job: string; readonly at: string | null }[] | null
  readonly after: After
}) {
  const words = strings.admin.controls.effects
  const rows = items && toNextDue(items, after)
  if (rows?.length === 0 && after.kind === 'runs') return null
  return (
    <div class="admin-next">
      <div class="admin-next-head">
        <span>{words.next}</span>
        <span>{words.nextThen}</span>
      </div>
      {rows === null && <span class="skeleton" role="status" aria-label={strings.kit.loading} />}
      {rows?.length === 0 && <p class="muted">{words.noNext}</p>}
      <ul>
        {rows?.map(({ key, job, at, fate }) => (
          <li key={key}>
            <span class="admin-next-job">
              {job} <Time at={at} isPlain />
            </span>
            <State state={STATES[fate]}>{words[fate]}</State>
          </li>
        ))}
      </ul>
    </div>
  )
}
