import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useId, useLayoutEffect, useState } from 'preact/hooks'

import { useResource } from '../../../data/use-resource.ts'
import { useRested } from '../../../data/use-rested.ts'
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

/**
 * Finds one job among thousands by a part of its name. Arrows walk, Enter chooses: what the whole text finds, also when it is
 * pressed before the answer is there.
 */
export function JobPicker({ schedulerKey, value, onChange }: JobPickerProps) {
  const id = useId()
  const words = strings.admin.controls.picker
  const [typed, setTyped] = useState(value)
  const [at, setAt] = useState(0)
  const [isEntered, setEntered] = useState(false)
  const search = useRested(typed, REST_MS)
  const isOpen = typed !== value || value === ''
  const { data, failure } = useResource(
    `pick ${search}`,
    ({ admin }) => admin.jobs({ limit: SHOWN, fields: FIELDS, ...(search !== '' && { search }) }),
    { scheduler: schedulerKey },
  )
  const items = data?.items ?? []
  const chosen = Math.min(at, Math.max(0, items.length - 1))
  const isFound = search === typed && data !== null

  useLayoutEffect(() => {
    if (!isEntered || !isFound) return
    setEntered(false)
    choose(items[chosen]?.name)
  })

  function choose(job: string | undefined): void {
    if (job === undefined) return
    setTyped(job)
    onChange(job)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = event.key.startsWith('Arrow') ? walkRows(event.key, chosen, items.length) : null
    if (next !== null) setAt(next)
    else if (event.key === 'Enter' && isOpen) setEntered(true)
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
          setEntered(false)
          if (value !== '') onChange('')
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} class="admin-options" role="listbox" aria-label={words.options} hidden={!isOpen}>
        {items.map((job, index) => (
          <JobOption key={job.name} id={`${id}-${index}`} job={job} isChosen={index === chosen} onChoose={choose} />
        ))}
      </div>
      <span class="field-hint" role="status">
        {failure?.text ?? (isOpen && data ? hintOf(data.total, typed) : '')}
      </span>
    </div>
  )
}

interface JobOptionProps {
  readonly id: string
  readonly job: Pick<JobView, 'name' | 'conditions' | 'running_runs' | 'next_run_at'>
  readonly isChosen: boolean
  readonly onChoose: (job: string) => void
}

function JobOption({ id, job, isChosen, onChoose }: JobOptionProps) {
  const { name, conditions, running_runs, next_run_at } = job
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field that has the focus takes the keys
    <div id={id} role="option" tabIndex={-1} aria-selected={isChosen} onClick={() => onChoose(name)}>
      <span class="admin-option-name">{name}</span>
      <State state={stateOfJob(conditions.length > 0 ? conditions : [running_runs > 0 ? 'running' : 'ok'])} />
      <Time at={next_run_at} isPlain />
    </div>
  )
}

function hintOf(total: number, typed: string): string {
  const words = strings.admin.controls.picker
  if (total === 0) return words.none(typed)
  return total > SHOWN ? words.more(formatNumber(total - SHOWN)) : ''
}
