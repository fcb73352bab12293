import { useId } from 'preact/hooks'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'datetime-local'
  readonly hint?: string
  /** What is wrong with it; stands in the place of the hint. */
  readonly problem?: string | null
  /** The id of a list of proposals. */
  readonly list?: string
  readonly isFirst?: boolean
}

/** A field of one line, with its name above and what it takes below. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, type = 'text', hint, problem = null, list, isFirst = false } = props
  const id = useId()
  const below = problem ?? hint
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type={type}
        value={value}
        list={list}
        step={type === 'datetime-local' ? 1 : undefined}
        autoComplete="off"
        spellcheck={false}
        data-focus-first={isFirst || undefined}
        aria-invalid={problem !== null}
        aria-describedby={below === undefined ? undefined : `${id}-below`}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {below !== undefined && (
        <span id={`${id}-below`} class={problem === null ? 'field-hint' : 'field-error'}>
          {below}
        </span>
      )}
    </div>
  )
}
