import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { useApp } from '../app-context.ts'
import type { MetricDefinition } from '../data/definitions.ts'
import { formatDuration } from '../format/durations.ts'
import type { View } from '../live/topic.ts'
import { strings } from '../strings/index.ts'
import { KeyValue } from './key-value.tsx'
import { Popover } from './popover.tsx'

export interface MetricProps {
  /** The metric's id in the table of definitions, such as `success_rate`. */
  readonly id: string
  readonly label: string
  /** The value as it is shown. */
  readonly children: ComponentChildren
  readonly scheduler: string
  readonly view: View
  readonly window?: 'lifetime' | 'recent' | 'last_hour'
  readonly size?: 'plain' | 'large'
  readonly tone?: 'plain' | 'failed' | 'late'
}

/** A number with its name. On hover, focus or tap it explains itself: what it means, how it is computed, over which time. */
export function Metric({ id, label, children, scheduler, view, window, size, tone }: MetricProps) {
  const content = () => <Explanation id={id} scheduler={scheduler} view={view} window={window} />
  return (
    <Popover class="metric" content={content} {...(size && { size })} {...(tone && { tone })}>
      <span class="metric-label">{label}</span>
      <span class="metric-value">{children}</span>
    </Popover>
  )
}

type Asked = Pick<MetricProps, 'id' | 'scheduler' | 'view'> & { readonly window: MetricProps['window'] }

function Explanation({ id, scheduler, view, window }: Asked) {
  const { definitions } = useApp()
  const [found, setFound] = useState<{ readonly definition: MetricDefinition; readonly width: string } | 'none' | null>(
    null,
  )
  useEffect(() => {
    let isHere = true
    definitions.of(scheduler, view).then(
      ({ items, windows }) => {
        const definition = items.find((item) => item.id === id)
        const seconds = windows.find((one) => one.id === window)?.width_seconds
        const width = seconds ? strings.kit.metric.width(formatDuration(seconds * 1_000)) : ''
        if (isHere) setFound(definition ? { definition, width } : 'none')
      },
      () => isHere && setFound('none'),
    )
    return () => {
      isHere = false
    }
  }, [definitions, id, scheduler, view, window])
  if (found === null) return <>{strings.kit.metric.loading}</>
  if (found === 'none') return <>{strings.kit.metric.missing}</>
  const { definition, width } = found
  const words = window && (width || strings.kit.metric.windows[window])
  return (
    <div class="stack">
      <h3>{definition.title}</h3>
      <p>{definition.help}</p>
      <KeyValue
        pairs={[
          [
            strings.kit.metric.formula,
            <span key="formula" class="mono">
              {definition.formula}
            </span>,
          ],
          ...(words ? [[strings.kit.metric.window, words] as const] : []),
        ]}
      />
    </div>
  )
}
