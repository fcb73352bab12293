import { useId } from 'preact/hooks'

import { strings } from '../strings/index.ts'
import { Button } from '../ui/button.tsx'
import type { InputField } from './to-fields.ts'
import type { RunInput } from './use-run-input.ts'

/** What a run is given: a field for each part, or JSON where it has parts of parts, or where the viewer likes that. */
export function InputFields({ fields, draft, setDraft, asJson }: RunInput) {
  const words = strings.kit.input
  return (
    <fieldset class="stack input-fields">
      <legend>{words.title}</legend>
      {draft.kind === 'json' ? (
        <Json text={draft.text} onText={(text) => setDraft({ kind: 'json', text })} />
      ) : (
        fields?.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={draft.values[field.name] ?? ''}
            onValue={(value) => setDraft({ kind: 'fields', values: { ...draft.values, [field.name]: value } })}
          />
        ))
      )}
      {draft.kind === 'fields' && (
        <Button tone="quiet" onClick={asJson}>
          {words.asJson}
        </Button>
      )}
    </fieldset>
  )
}

function Json({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  return (
    <textarea
      class="input mono"
      aria-label={strings.kit.input.json}
      rows={6}
      spellcheck={false}
      value={text}
      onInput={({ currentTarget }) => onText(currentTarget.value)}
    />
  )
}

interface FieldProps {
  readonly field: InputField
  readonly value: string
  readonly onValue: (value: string) => void
}

function Field({ field, value, onValue }: FieldProps) {
  const id = useId()
  const { label, help, kind, choices, isRequired } = field
  const words = strings.kit.input
  const hint = [help, isRequired ? null : words.optional].filter((part) => part !== null).join(' ')
  const common = {
    id,
    class: 'input',
    value,
    required: isRequired,
    'aria-describedby': hint ? `${id}-hint` : undefined,
  }
  const options = kind === 'flag' ? ['true', 'false'] : choices
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {kind === 'choice' || kind === 'flag' ? (
        <select {...common} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
          <option value="">{words.nothing}</option>
          {options.map((choice) => (
            <option key={choice} value={choice}>
              {kind === 'flag' ? words.flags[choice === 'true' ? 'yes' : 'no'] : choice.replace(/^"(.*)"$/, '$1')}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          type={kind === 'secret' ? 'password' : 'text'}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
      {hint && (
        <span id={`${id}-hint`} class="field-hint">
          {hint}
        </span>
      )}
    </div>
  )
}
