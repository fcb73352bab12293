import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { Time } from '../../../ui/time.tsx'
import { type After, type DueNext, type NextDueRow, toNextDue } from './to-next-due.ts'

const STATES = { runs: 'ok', missed: 'late', suppressed: 'paused' } as const satisfies Record<
  NextDueRow['fate'],
  string
>

/** Enough to find the next three jobs behind one that is due every few seconds. */
const LOOKED_AT = 50

/** The next due times of a scheduler: as they are now, and what becomes of them. */
export function NextDue({ schedulerKey, after }: { readonly schedulerKey: string; readonly after: After }) {
  const { data } = useResource('next due', ({ admin }) => admin.upcoming({ n: LOOKED_AT }), { scheduler: schedulerKey })
  // What does not run now either is no effect of a command that ends runs.
  const concerned = data?.items.filter(({ fate }) => fate === 'run' || (after.kind === 'runs' && fate !== 'excluded'))
  const items = concerned?.map(({ job, due_at }) => ({ job, at: due_at })) ?? null
  return <NextDueOf schedulerKey={schedulerKey} items={items} after={after} />
}

export interface NextDueOfProps {
  readonly schedulerKey: string
  /** `null` while they are read. */
  readonly items: readonly DueNext[] | null
  readonly after: After
}

/** The same for due times that are known already. */
export function NextDueOf({ schedulerKey, items, after }: NextDueOfProps) {
  const words = strings.admin.controls.effects
  const rows = items && toNextDue(items, after)
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
            <span class="cluster">
              <State state={STATES[fate]}>{words[fate]}</State>
              {fate === 'suppressed' && after.kind === 'until' && (
                <Again schedulerKey={schedulerKey} job={job} untilMs={after.untilMs} />
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const MINUTE_MS = 60_000

/** When a job is due again behind the end of a pause. */
function Again({
  schedulerKey,
  job,
  untilMs,
}: {
  readonly schedulerKey: string
  readonly job: string
  readonly untilMs: number
}) {
  // An end that moves with the time is asked for once a minute.
  const from = new Date(Math.ceil(untilMs / MINUTE_MS) * MINUTE_MS).toISOString()
  const { data } = useResource(`${job} from ${from}`, ({ admin }) => admin.preview(job, { n: 1, from }), {
    scheduler: schedulerKey,
  })
  const at = data?.items[0]?.due_at
  return (
    <span class="muted">
      {strings.admin.controls.effects.again} {at === undefined ? strings.kit.none : <Time at={at} isPlain />}
    </span>
  )
}
