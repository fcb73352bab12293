import { useLocation, useSearch } from 'wouter-preact'

import { queryOfSearch } from '../../../search/tokens.ts'
import { strings } from '../../../strings/index.ts'
import { Shape } from '../../../ui/icons.tsx'
import { stateOfRun } from '../../../ui/state-of.ts'
import { RUN_KEYS, RUN_STATES, type RunSearch, type RunStateFilter, statesOf } from './runs-query.ts'

/** Filters by state; they are the `state:` of the search. */
export function RunStateFilters({
  search,
  hasQueue,
}: {
  readonly search: RunSearch
  /** Whether runs can be queued. */
  readonly hasQueue: boolean
}) {
  const [path, navigate] = useLocation()
  const query = useSearch()
  const words = strings.runs
  const chosen = statesOf(search)

  function choose(states: readonly RunStateFilter[]): void {
    const { state: _, ...others } = search.values
    const values = states.length === 0 ? others : { ...others, state: states.join(',') }
    const next = queryOfSearch(RUN_KEYS, { ...search, values }, query)
    navigate(next === '' ? path : `${path}?${next}`, { replace: true })
  }

  return (
    <fieldset class="filters">
      <legend class="sr-only">{words.filters}</legend>
      <button type="button" class="filter" aria-pressed={chosen.length === 0} onClick={() => choose([])}>
        {words.all}
      </button>
      {RUN_STATES.filter((state) => state !== 'queued' || hasQueue || chosen.includes(state)).map((state) => (
        <button
          key={state}
          type="button"
          class="filter"
          aria-pressed={chosen.includes(state)}
          onClick={() => choose(chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state])}
        >
          <span class="state" data-state={stateOfRun(state)}>
            <Shape state={stateOfRun(state)} />
          </span>
          {words.states[state]}
        </button>
      ))}
    </fieldset>
  )
}
