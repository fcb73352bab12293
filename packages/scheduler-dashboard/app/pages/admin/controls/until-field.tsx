import { useId } from 'preact/hooks'

import type { Zone } from '../../../format/instants.ts'
import { strings } from '../../../strings/index.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { Time } from '../../../ui/time.tsx'
import type { Until, UntilChoice } from './to-until.ts'

export interface UntilFieldProps {
  readonly choice: UntilChoice
  /** What the choice comes to now. */
  readonly until: Until
  readonly onChoice: (choice: UntilChoice) => void
}

const PRESETS = ['quarter', 'hour', 'tomorrow', 'moment', 'open'] as const
const UTC = 'UTC'

/** When a pause ends: a length, tomorrow morning or a moment in a zone, or when somebody resumes. */
export function UntilField({ choice, until, onChoice }: UntilFieldProps) {
  const id = useId()
  const words = strings.admin.controls.until
  const isWall = choice.preset === 'tomorrow' || choice.preset === 'moment'
  return (
    <div class="field admin-until">
      <span class="field-label">{words.label}</span>
      <Segmented
        label={words.label}
        value={choice.preset}
        onChange={(preset) => onChoice({ ...choice, preset })}
        options={PRESETS.map((value) => ({ value, label: words[value] }))}
      />
      {isWall && (
        <div class="cluster">
          {choice.preset === 'moment' && (
            <>
              <label class="sr-only" for={`${id}-at`}>
                {words.at}
              </label>
              <input
                id={`${id}-at`}
                class="input admin-moment-input"
                type="datetime-local"
                value={choice.wall}
                aria-invalid={until.kind === 'problem'}
                onInput={({ currentTarget }) => onChoice({ ...choice, wall: currentTarget.value })}
              />
            </>
          )}
          <select
            class="input"
            aria-label={words.zone}
            value={choice.zone ?? ''}
            onChange={({ currentTarget: { value } }) => onChoice({ ...choice, zone: value === '' ? undefined : value })}
          >
            {zonesFor(choice.zone).map((zone) => (
              <option key={zone ?? ''} value={zone ?? ''}>
                {zone ?? words.mine(ownZone())}
              </option>
            ))}
          </select>
        </div>
      )}
      <UntilHint until={until} />
    </div>
  )
}

function UntilHint({ until }: { readonly until: Until }) {
  const words = strings.admin.controls.until
  if (until.kind === 'problem') return <span class="field-error">{until.text}</span>
  if (until.kind === 'open') return <span class="field-hint">{words.noEnd}</span>
  const at = new Date(until.atMs).toISOString()
  return (
    <span class="field-hint">
      {words.ends} <Time at={at} as="absolute" />, <Time at={at} isPlain />
    </span>
  )
}

function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The viewer's own zone and UTC first, then every zone that the browser knows. */
function zonesFor(chosen: Zone): readonly Zone[] {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== UTC)
  const all = [undefined, UTC, ...known]
  return all.includes(chosen) ? all : [...all, chosen]
}
