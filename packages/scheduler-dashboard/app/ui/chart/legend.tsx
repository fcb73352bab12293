import { strings } from '../../strings/index.ts'
import { Button } from '../button.tsx'
import type { ChartSeries } from './chart-props.ts'

export interface LegendProps {
  readonly series: readonly ChartSeries[]
  readonly hidden: readonly string[]
  readonly onHidden: (labels: readonly string[]) => void
  /** What the reader is at: the time, and the values in words. */
  readonly at: { readonly time: string; readonly values: readonly string[] } | null
  /** Shows all of it again; `undefined` where all of it is shown. */
  readonly onAll: (() => void) | undefined
}

/** The series by their colours, each to be hidden and shown, with the values at which the reader is. */
export function Legend({ series, hidden, onHidden, at, onAll }: LegendProps) {
  const words = strings.kit.chart
  return (
    <div class="chart-legend">
      {series.map(({ label, token = 'accent' }, index) => (
        <span key={label}>
          <button
            type="button"
            aria-pressed={!hidden.includes(label)}
            onClick={() =>
              onHidden(hidden.includes(label) ? hidden.filter((one) => one !== label) : [...hidden, label])
            }
          >
            <i style={{ background: `var(--${token})` }} />
            {label}
          </button>
          {at && <b>{at.values[index]}</b>}
        </span>
      ))}
      {at && <span>{at.time}</span>}
      {onAll && (
        <Button tone="quiet" onClick={onAll}>
          {words.all}
        </Button>
      )}
    </div>
  )
}
