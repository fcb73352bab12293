import { UNITS } from '../reading/units.ts'
import type { Instrument } from './instruments.ts'

/**
 * Prometheus's name of an instrument: prefix, stem, base unit, and `_total` for what is counted.
 *
 * Source: https://prometheus.io/docs/practices/naming/
 */
export function prometheusName({ id, kind, unit }: Instrument): string {
  const { base } = UNITS[unit]
  const total = kind === 'counter' ? 'total' : null
  return ['scheduler', stemOf(id), base, total].filter((part) => part !== null).join('_')
}

/** OpenTelemetry's: the unit is told apart, and what is counted is known by the kind of the instrument. */
export function opentelemetryName({ id }: Instrument): string {
  return `scheduler.${stemOf(id)}`
}

/**
 * The id without what each system says its own way, the unit and the statistic: `last_success` of `last_success_at`,
 * `runs` of `total_runs`, `duration` of `avg_duration_ms`.
 */
function stemOf(id: string): string {
  return id.replace(/^(total|avg)_/, '').replace(/_(total|ms|seconds|minutes|bytes|pct|at)$/, '')
}
