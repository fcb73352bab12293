import { UNITS } from '../reading/units.ts'
import type { Instrument } from './instruments.ts'

/**
 * Prometheus's name of an instrument: prefix, stem, base unit, and `_total` for a counter.
 *
 * Source: https://prometheus.io/docs/practices/naming/
 */
export function prometheusName({ id, kind, unit }: Pick<Instrument, 'id' | 'kind' | 'unit'>): string {
  const { base } = UNITS[unit]
  const total = kind === 'counter' ? 'total' : null
  return ['scheduler', stemOf(id), base, total].filter((part) => part !== null).join('_')
}

/** OpenTelemetry's name. The unit is a field of its own, and the kind of the instrument marks a counter. */
export function opentelemetryName({ id }: Instrument): string {
  return `scheduler.${stemOf(id)}`
}

/**
 * The id without the unit and the statistic, which each system writes in its own way: `last_success` of
 * `last_success_at`, `runs` of `total_runs`, `duration` of `avg_duration_ms`.
 */
function stemOf(id: string): string {
  return id.replace(/^(total|avg)_/, '').replace(/_(total|ms|seconds|minutes|bytes|pct|at)$/, '')
}
