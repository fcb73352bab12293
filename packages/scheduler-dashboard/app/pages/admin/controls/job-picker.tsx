import { useEffect, useId, useState } from 'preact/hooks'

import { useResource } from '../../../data/use-resource.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { stateOfJob } from '../../../ui/state-of.ts'
import { Time } from '../../../ui/time.tsx'
import { walkRows } from '../../../ui/walk-rows.ts'

const SHOWN = 6
const REST_MS = 150
const FIELDS = 'conditions,running_runs,next_run_at'

export interface JobPickerProps {
  readonly schedulerKey: string
  /** The chosen job; empty for none. */
  readonly value: string
  readonly onChange: (job: string) => void
}

/** Finds one job among thousands by a part of its name. Arrows walk, Enter chooses. */
export function JobPicker({ schedulerKey, value, onChange }: JobPickerProps) {
  const id = useId()
  const words = strings.admin.controls.picker
  const [typed, setTyped] = useState(value)
  const [at, setAt] = useState(0)
  const search = useRested(typed)
  const isOpen = typed !== value || value === ''
  const { data, failure } = useResource(
    `pick ${search}`,
    ({ admin }) => admin.jobs({ limit: SHOWN, fields: FIELDS, ...(search !== '' && { search }) }),
    { scheduler: schedulerKey },
  )
  const items = data?.items ?? []
  const chosen = Math.min(at, Math.max(0, items.length - 1))

  function choose(job: string | undefined): void {
    if (job === undefined) return
    setTyped(job)
    onChange(job)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = event.key.startsWith('Arrow') ? walkRows(event.key, chosen, items.length) : null
    if (next !== null) setAt(next)
    else if (event.key === 'Enter' && isOpen) choose(items[chosen]?.name)
    else return
    event.preventDefault()
  }

  return (
    <div class="field admin-picker">
      <label for={id}>{words.label}</label>
      <input
        id={id}
        class="input"
        type="text"
        role="combobox"
        data-focus-first
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && items.length > 0 ? `${id}-${chosen}` : undefined}
        placeholder={words.placeholder}
        autoComplete="off"
        spellcheck={false}
        maxLength={64}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value)
          setAt(0)
          if (value !== '') onChange('')
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} class="admin-options" role="listbox" aria-label={words.options} hidden={!isOpen}>
        {items.map(({ name, conditions, running_runs, next_run_at }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus takes the keys
          <div
            key={name}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onClick={() => choose(name)}
          >
            <span class="admin-option-name">{name}</span>
            <State state={stateOfJob(conditions.length > 0 ? conditions : [running_runs > 0 ? 'running' : 'ok'])} />
            <Time at={next_run_at} isPlain />
          </div>
        ))}
      </div>
      <span class="field-hint" role="status">
        {failure?.text ?? (isOpen && data ? hintOf(data.total, typed) : '')}
      </span>
    </div>
  )
}

function hintOf(total: number, typed: string): string {
  const words = strings.admin.controls.picker
  if (total === 0) return words.none(typed)
  return total > SHOWN ? words.more(formatNumber(total - SHOWN)) : ''
}

/** What was typed, once the typing rests. */
function useRested(typed: string): string {
  const [rested, setRested] = useState(typed)
  useEffect(() => {
    const timer = window.setTimeout(() => setRested(typed), REST_MS)
    return () => window.clearTimeout(timer)
  }, [typed])
  return rested
}
