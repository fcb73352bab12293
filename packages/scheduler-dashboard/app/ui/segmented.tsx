import { useId } from 'preact/hooks'

/** One choice of a few, all in sight. */
export function Segmented<W extends string>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string
  readonly options: readonly { readonly value: W; readonly label: string }[]
  readonly value: W
  readonly onChange: (value: W) => void
}) {
  const name = useId()
  return (
    <fieldset class="segmented">
      <legend class="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            class="sr-only"
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
