import { formatCompact } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Shape } from '../../../ui/icons.tsx'
import { stateOfJob } from '../../../ui/state-of.ts'
import { STATES, type StateFilter } from './list-query.ts'

/** Filters by state, each with how many there are; several together find what is in any of them. */
export function StateFilters({
  counts,
  chosen,
  onChange,
}: {
  readonly counts: Readonly<Record<StateFilter | 'total', number>> | null
  readonly chosen: readonly StateFilter[]
  readonly onChange: (chosen: readonly StateFilter[]) => void
}) {
  const words = strings.jobs
  return (
    <fieldset class="filters">
      <legend class="sr-only">{words.filters}</legend>
      <button type="button" class="filter" aria-pressed={chosen.length === 0} onClick={() => onChange([])}>
        {words.all} <Count value={counts?.total} />
      </button>
      {STATES.filter((state) => isOffered(state, { counts, chosen })).map((state) => (
        <button
          key={state}
          type="button"
          class="filter"
          aria-pressed={chosen.includes(state)}
          data-none={counts?.[state] === 0 || undefined}
          onClick={() => onChange(chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state])}
        >
          <span class="state" data-state={stateOfJob([state])}>
            <Shape state={stateOfJob([state])} />
          </span>
          {words.states[state]} <Count value={counts?.[state]} />
        </button>
      ))}
    </fieldset>
  )
}

const OF_QUEUES: readonly StateFilter[] = ['no_worker', 'queued']

/** What only queues have is offered where there is some of it: most schedulers have none. */
function isOffered(
  state: StateFilter,
  { counts, chosen }: Pick<Parameters<typeof StateFilters>[0], 'counts' | 'chosen'>,
): boolean {
  return !OF_QUEUES.includes(state) || chosen.includes(state) || (counts?.[state] ?? 0) > 0
}

function Count({ value }: { readonly value: number | undefined }) {
  return <span class="filter-count">{formatCompact(value)}</span>
}
