import { type BaseUnit, type MetricUnit, UNITS } from '../../reading/units.ts'

/** The unit of an instrument as OpenTelemetry writes units: UCUM, with what is counted in braces. */
export function ucumOf(unit: MetricUnit): string {
  const { base } = UNITS[unit]
  return base === null ? `{${unit.replaceAll(' ', '_')}}` : UCUM[base]
}

const UCUM: Readonly<Record<Exclude<BaseUnit, null>, string>> = {
  seconds: 's',
  timestamp_seconds: 's',
  bytes: 'By',
  ratio: '1',
}
