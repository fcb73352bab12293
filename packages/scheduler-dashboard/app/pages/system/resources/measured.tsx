import { strings } from '../../../strings/index.ts'
import { Metric, type MetricProps } from '../../../ui/metric.tsx'

/** A number that may not have been measured: then it says so, and is not 0. */
export function Measured({
  value,
  format,
  ...rest
}: Omit<MetricProps, 'children'> & {
  readonly value: number | null
  readonly format: (value: number) => string
}) {
  return (
    <Metric {...rest}>
      {value === null ? <span class="not-measured">{strings.resources.process.notMeasured}</span> : format(value)}
    </Metric>
  )
}
