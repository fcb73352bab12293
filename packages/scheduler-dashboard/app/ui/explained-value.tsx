import { useApp } from '../app-context.ts'
import { doubtOf, type ExplainedNumber, type MetricSubject } from '../data/explanation.ts'
import { formatDuration } from '../format/durations.ts'
import { formatInstant, toMs } from '../format/instants.ts'
import { formatBytes, formatNumber, formatPercent } from '../format/numbers.ts'
import { useZone } from '../format/use-zone.ts'
import { strings } from '../strings/index.ts'
import { KeyValue } from './key-value.tsx'

interface Props {
  readonly number: ExplainedNumber
  readonly unit: string
  /** Whose number was asked for, if not that of all together. */
  readonly asked: MetricSubject | undefined
}

/** One value with the window it is of, the terms of its formula, and why it is missing or not exact. */
export function ExplainedValue({ number, unit, asked }: Props) {
  const words = strings.kit.metric
  const at = useInstants()
  const doubt = doubtOf(number)
  const value = formatValue(number.value, { unit, at })
  const terms = Object.entries(number.counts).map(([term, count]) => `${term} ${formatNumber(count)}`)
  const { window, after, up_to: upTo } = number
  const range = after === null ? words.until(at(upTo)) : words.between(at(after), at(upTo))
  const isOfAnother = number.of !== 'all' && number.name !== asked?.name
  return (
    <>
      <KeyValue
        pairs={[
          [number.of === 'all' ? words.ofAll : isOfAnother ? (number.name ?? words.value) : words.value, value],
          ...(terms.length > 0 ? [[words.terms, terms.join(', ')] as const] : []),
          [words.window, window === null ? words.asOf(at(upTo)) : `${words.windows[window]}, ${range}`],
        ]}
      />
      {doubt !== null && <p class="muted">{words.doubts[doubt]}</p>}
    </>
  )
}

function useInstants(): (instant: string) => string {
  const { clock } = useApp()
  const zone = useZone()
  return (instant) => formatInstant(toMs(instant) ?? 0, { nowMs: clock.now(), zone })
}

const MS_PER: Readonly<Record<string, number>> = { ms: 1, seconds: 1_000, minutes: 60_000 }

interface Formatting {
  readonly unit: string
  readonly at: (instant: string) => string
}

function formatValue(value: number | string | null, { unit, at }: Formatting): string {
  if (value === null) return strings.kit.metric.noValue
  if (typeof value === 'string') return unit === 'instant' ? at(value) : value
  if (unit === 'percent') return formatPercent(value)
  const perUnit = MS_PER[unit]
  if (perUnit !== undefined) return formatDuration(value * perUnit)
  if (unit === 'bytes') return formatBytes(value)
  return formatNumber(value)
}
