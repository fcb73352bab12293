import type { ComponentChildren } from 'preact'

import type { AskedMetric } from '../data/explanation.ts'
import { MetricExplanation } from './metric-explanation.tsx'
import { Popover } from './popover.tsx'

/**
 * `id` is the metric's in the table of definitions, such as `success_rate`. `of` says whose number it is (default that of
 * all together), and `window` over which time, where it has one.
 */
export interface MetricProps extends AskedMetric {
  readonly label: string
  /** The value as it is shown. */
  readonly children: ComponentChildren
  readonly scheduler: string
  readonly size?: 'plain' | 'large'
  readonly tone?: 'plain' | 'failed' | 'late'
}

/**
 * A number with its name. On hover, focus or tap it explains itself: what it means, how it is computed and from which
 * counts, over which time, and why there is none.
 */
export function Metric({ label, children, size, tone, ...asked }: MetricProps) {
  return (
    <Popover
      class="metric"
      content={() => <MetricExplanation {...asked} />}
      {...(size && { size })}
      {...(tone && { tone })}
    >
      <span class="metric-label">{label}</span>
      <span class="metric-value">{children}</span>
    </Popover>
  )
}
