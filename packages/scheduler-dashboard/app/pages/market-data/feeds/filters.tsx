import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Shape } from '../../../ui/icons.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { chipsOf, type Filters, TOLD, type Told, toggled } from './to-filters.ts'

export interface FilterBarProps {
  readonly counts: MarketDataStatusV2['feeds_by_status']
  readonly filters: Filters
  readonly statuses: readonly string[]
  readonly providers: readonly string[]
  /** What feeds were seen to have, for further filters. */
  readonly seen: Readonly<Record<Told, readonly string[]>>
  readonly onChange: (filters: Partial<Filters>) => void
}

/** Search, provider and statuses; the counts are those of all feeds. */
export function FilterBar({ counts, filters, statuses, providers, seen, onChange }: FilterBarProps) {
  const words = strings.marketData.feeds.filter
  return (
    <div class="stack feed-filters">
      <div class="cluster">
        <SearchField label={words.search} value={filters.q} onSearch={(q) => onChange({ q: q.trim() })} />
        <Choice
          label={words.provider}
          any={words.anyProvider}
          value={filters.provider}
          values={providers}
          onChange={(provider) => onChange({ provider })}
        />
        {TOLD.map((name) =>
          seen[name].length === 0 && filters[name] === '' ? null : (
            <Choice
              key={name}
              label={words.told[name]}
              any={words.anyTold[name]}
              value={filters[name]}
              values={seen[name]}
              onChange={(value) => onChange({ [name]: value })}
            />
          ),
        )}
      </div>
      <fieldset class="chips">
        <legend class="sr-only">{words.status}</legend>
        <Chip
          word={words.all}
          count={counts.total}
          isChosen={statuses.length === 0}
          onClick={() => onChange({ status: '' })}
        />
        {chipsOf(counts, statuses).map(({ status, word, state, count, isChosen }) => (
          <Chip
            key={status}
            word={word}
            state={state}
            count={count}
            isChosen={isChosen}
            onClick={() => onChange({ status: toggled(statuses, status) })}
          />
        ))}
      </fieldset>
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  /** What stands for no choice. */
  readonly any: string
  readonly value: string
  readonly values: readonly string[]
  readonly onChange: (value: string) => void
}

function Choice({ label, any, value, values, onChange }: ChoiceProps) {
  const names = value === '' || values.includes(value) ? values : [value, ...values]
  return (
    <select
      class="input"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      <option value="">{any}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  )
}

interface ChipProps {
  readonly word: string
  readonly state?: Parameters<typeof Shape>[0]['state']
  readonly count: number | null
  readonly isChosen: boolean
  readonly onClick: () => void
}

function Chip({ word, state, count, isChosen, onClick }: ChipProps) {
  return (
    <button type="button" class="chip" data-state={state} aria-pressed={isChosen} onClick={onClick}>
      {state && <Shape state={state} />}
      {word} <span class="chip-count">{formatNumber(count)}</span>
    </button>
  )
}
