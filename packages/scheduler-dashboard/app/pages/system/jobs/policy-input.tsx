import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useId } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { type PolicyField, policyInWords, policyValue } from './policy-fields.ts'

/** The field of one policy; empty is as the code says, which stands below it. */
export function PolicyInput({
  field,
  job,
  value,
  problem,
  onChange,
}: {
  readonly field: PolicyField
  readonly job: Pick<JobView, 'defaults'>
  readonly value: string
  readonly problem: string | null
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  const words = strings.policies
  const inCode = policyInWords(field, policyValue(field, job.defaults))
  const input = {
    id,
    class: 'input',
    value,
    title: words.help[field.name],
    'aria-invalid': problem !== null,
    'aria-describedby': `${id}-hint`,
  }
  return (
    <div class="field">
      <label for={id}>{words.names[field.name]}</label>
      {field.kind === 'word' ? (
        <select {...input} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="">{words.edit.asInCode}</option>
          {field.words.map((word) => (
            <option key={word} value={word}>
              {policyInWords(field, word)}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...input}
          type="text"
          inputMode={field.kind === 'number' ? 'numeric' : 'text'}
          autoComplete="off"
          placeholder={words.edit.asInCode}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
      <span id={`${id}-hint`} class={problem === null ? 'field-hint' : 'field-error'}>
        {problem ?? words.edit.hint(inCode)}
      </span>
    </div>
  )
}
