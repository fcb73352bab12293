import { useId, useState } from 'preact/hooks'

import type { Zone } from '../../../format/instants.ts'
import type { Span } from '../../../format/span.ts'
import { useZone } from '../../../format/use-zone.ts'
import { instantsAt, wallTimeAt } from '../../../format/zoned.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { ownSpan, RANGES, type RangeName } from './range.ts'

export interface RangeChoiceProps {
  readonly range: RangeName
  readonly span: Span
  readonly onRange: (change: { readonly range: RangeName; readonly from?: string; readonly to?: string }) => void
}

/** The range of the page: one that follows the present, or one's own between two local times. */
export function RangeChoice({ range, span, onRange }: RangeChoiceProps) {
  const { ranges, range: label } = strings.audit
  return (
    <div class="cluster">
      <Segmented
        label={label}
        value={range}
        options={RANGES.map((value) => ({ value, label: ranges[value] }))}
        onChange={(value) =>
          onRange(
            value === 'own'
              ? { range: value, from: new Date(span.fromMs).toISOString(), to: new Date(span.toMs).toISOString() }
              : { range: value, from: '', to: '' },
          )
        }
      />
      {range === 'own' && <OwnRange key={`${span.fromMs} ${span.toMs}`} span={span} onRange={onRange} />}
    </div>
  )
}

function OwnRange({ span, onRange }: Omit<RangeChoiceProps, 'range'>) {
  const zone = useZone()
  const id = useId()
  const words = strings.audit.own
  const [from, setFrom] = useState(() => toLocal(span.fromMs, zone))
  const [to, setTo] = useState(() => toLocal(span.toMs, zone))
  const [isWrong, setWrong] = useState(false)

  function apply(event: Event): void {
    event.preventDefault()
    const asked = { from: toInstant(from, zone), to: toInstant(to, zone) }
    const isRange = asked.from !== null && asked.to !== null && ownSpan(asked.from, asked.to) !== null
    setWrong(!isRange)
    if (isRange) onRange({ range: 'own', from: asked.from ?? '', to: asked.to ?? '' })
  }

  return (
    <form class="cluster" onSubmit={apply} noValidate>
      <label class="sr-only" for={`${id}-from`}>
        {words.from}
      </label>
      <input
        id={`${id}-from`}
        class="input audit-local"
        type="datetime-local"
        value={from}
        aria-invalid={isWrong || undefined}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => setFrom(currentTarget.value)}
      />
      <span aria-hidden="true">–</span>
      <label class="sr-only" for={`${id}-to`}>
        {words.to}
      </label>
      <input
        id={`${id}-to`}
        class="input audit-local"
        type="datetime-local"
        value={to}
        aria-invalid={isWrong || undefined}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => setTo(currentTarget.value)}
      />
      <Button type="submit">{words.apply}</Button>
      <span id={`${id}-hint`} class={isWrong ? 'field-error' : 'field-hint'} role={isWrong ? 'alert' : undefined}>
        {isWrong ? words.invalid : words.zone(zone === 'UTC' ? words.zones.utc : words.zones.mine)}
      </span>
    </form>
  )
}

/** As a field of local time has it: to the minute. */
function toLocal(atMs: number, zone: Zone): string {
  return wallTimeAt(atMs, zone).slice(0, 16)
}

function toInstant(local: string, zone: Zone): string | null {
  const [atMs] = instantsAt(`${local}:00`, zone)
  return atMs === undefined ? null : new Date(atMs).toISOString()
}
