import { useId, useMemo } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { FieldError } from './field-error.ts'
import { DIALECTS, type ScheduleDraft } from './schedule-draft.ts'

const KINDS = ['every', 'cron', 'once', 'on-demand'] as const

/** The fields of the kind of schedule that is chosen. */
export function ScheduleFields({
  draft,
  error,
  onChange,
}: {
  readonly draft: ScheduleDraft
  readonly error: FieldError | null
  readonly onChange: (draft: ScheduleDraft) => void
}) {
  const zones = useId()
  const words = strings.policies.schedule
  const known = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const set = (change: Partial<ScheduleDraft>) => onChange({ ...draft, ...change })
  const problemOf = (...fields: readonly string[]) =>
    error !== null && fields.includes(error.field) ? error.text : null
  return (
    <>
      <Segmented
        label={words.kind}
        value={draft.kind}
        onChange={(kind) => set({ kind })}
        options={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
      />
      {draft.kind === 'every' && (
        <TextField
          label={words.period}
          value={draft.period}
          hint={strings.policies.edit.lengths}
          problem={problemOf('period_ms', 'every_ms')}
          onChange={(period) => set({ period })}
        />
      )}
      {draft.kind === 'cron' && (
        <>
          <Segmented
            label={words.dialect}
            value={draft.dialect}
            onChange={(dialect) => set({ dialect })}
            options={DIALECTS.map((value) => ({ value, label: words.dialects[value] }))}
          />
          <TextField
            label={words.pattern}
            value={draft.pattern}
            hint={words.patternHints[draft.dialect]}
            problem={problemOf('pattern', 'cron')}
            onChange={(pattern) => set({ pattern })}
          />
          <TextField
            label={words.zone}
            value={draft.timezone}
            list={zones}
            problem={problemOf('timezone')}
            onChange={(timezone) => set({ timezone })}
          />
          <datalist id={zones}>
            {known.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </>
      )}
      {draft.kind === 'once' && (
        <TextField
          label={words.at}
          type="datetime-local"
          value={draft.at}
          problem={problemOf('at')}
          onChange={(at) => set({ at })}
        />
      )}
    </>
  )
}
