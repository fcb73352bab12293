import { useId } from 'preact/hooks'

import { formatFull, toMs } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { instantsAt, wallTimeAt } from '../../../format/zoned.ts'
import { strings } from '../../../strings/index.ts'

/** When a pause ends: when somebody resumes it, after a while, or at a time. */
export type UntilChoice =
  | { readonly kind: 'open' }
  | { readonly kind: 'after'; readonly ms: number }
  | { readonly kind: 'at'; readonly atMs: number | null }

const HOUR_MS = 3_600_000
const LENGTHS = [HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS] as const

/** The end of the pause for the API, and what is wrong with it. */
export function untilOf(
  choice: UntilChoice,
  nowMs: number,
): { readonly until: string | null; readonly problem: string | null } {
  if (choice.kind === 'open') return { until: null, problem: null }
  const atMs = choice.kind === 'after' ? nowMs + choice.ms : choice.atMs
  const words = strings.jobs.pauseEnd
  if (atMs === null) return { until: null, problem: words.missing }
  if (atMs <= nowMs) return { until: null, problem: words.past }
  return { until: new Date(atMs).toISOString(), problem: null }
}

export function PauseEnd({
  choice,
  onChoice,
}: {
  readonly choice: UntilChoice
  readonly onChoice: (choice: UntilChoice) => void
}) {
  const id = useId()
  const zone = useZone()
  const words = strings.jobs.pauseEnd
  return (
    <fieldset class="field choices">
      <legend class="field-label">{words.label}</legend>
      <Radio
        name={id}
        label={words.open}
        isChosen={choice.kind === 'open'}
        onChoose={() => onChoice({ kind: 'open' })}
      />
      {LENGTHS.map((ms) => (
        <Radio
          key={ms}
          name={id}
          label={words.after(ms / HOUR_MS)}
          isChosen={choice.kind === 'after' && choice.ms === ms}
          onChoose={() => onChoice({ kind: 'after', ms })}
        />
      ))}
      <Radio
        name={id}
        label={words.at}
        isChosen={choice.kind === 'at'}
        onChoose={() => onChoice({ kind: 'at', atMs: null })}
      />
      {choice.kind === 'at' && (
        <>
          <input
            class="input"
            type="datetime-local"
            aria-label={words.at}
            value={choice.atMs === null ? '' : wallTimeAt(choice.atMs, zone).slice(0, 16)}
            onChange={({ currentTarget: { value } }) =>
              onChoice({ kind: 'at', atMs: instantsAt(value, zone).at(-1) ?? null })
            }
          />
          {choice.atMs !== null && <span class="field-hint">{formatFull(choice.atMs, zone)}</span>}
        </>
      )}
    </fieldset>
  )
}

function Radio({
  name,
  label,
  isChosen,
  onChoose,
}: {
  readonly name: string
  readonly label: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
      {label}
    </label>
  )
}

/** Whether a due time falls into a pause that begins now. */
export function fallsInto(dueAt: string, until: string | null): boolean {
  const dueMs = toMs(dueAt)
  const untilMs = toMs(until)
  return dueMs !== null && (untilMs === null || dueMs <= untilMs)
}
