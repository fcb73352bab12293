/** The base units of instruments: Prometheus names end in it; OpenTelemetry has it as the instrument's unit. */
export type BaseUnit = 'seconds' | 'bytes' | 'ratio' | 'timestamp_seconds' | null

/** As a microsecond is of a second. */
const MOST_DECIMALS = 6

interface Unit {
  readonly base: BaseUnit
  /** Multiply a value by this to get the base unit. */
  readonly perBase: number
  /** Whether values are whole numbers. */
  readonly isWhole: boolean
  /** How many decimals a response has at most. */
  readonly decimals: number
}

/** Every unit of the table, and how to get from it to its base unit. Counted things have no base. */
export const UNITS = unitTable({
  runs: counted(),
  jobs: counted(),
  providers: counted(),
  'due times': counted(),
  attempts: counted(),
  items: counted(),
  calls: counted(),
  feeds: counted(),
  updates: counted(),
  sessions: counted(),
  connections: counted(),
  instances: counted(),
  messages: counted(),
  commands: counted(),
  versions: counted(),
  /** One of a few words. */
  state: counted(),
  percent: { base: 'ratio', perBase: 0.01, isWhole: false, decimals: 2 },
  ms: { base: 'seconds', perBase: 0.001, isWhole: false, decimals: 3 },
  seconds: { base: 'seconds', perBase: 1, isWhole: true, decimals: 3 },
  minutes: { base: 'seconds', perBase: 60, isWhole: false, decimals: 4 },
  bytes: { base: 'bytes', perBase: 1, isWhole: true, decimals: 0 },
  /** ISO 8601 in UTC with milliseconds in JSON. */
  instant: { base: 'timestamp_seconds', perBase: 0.001, isWhole: true, decimals: 0 },
})

/** What a number in a response is rounded to, by its unit: six tenths of a second are 0.01 minutes, and no sum has a tail. */
export function roundedTo(value: number, unit: MetricUnit): number {
  return roundedAt(value, UNITS[unit].decimals)
}

/** A number of no unit of ours, such as the progress that a handler reports. */
export function rounded(value: number): number {
  return roundedAt(value, MOST_DECIMALS)
}

/** A value in its base unit, as monitoring takes it. */
export function inBase(value: number, unit: MetricUnit): number {
  return roundedAt(value * UNITS[unit].perBase, MOST_DECIMALS)
}

/** Greater numbers have no decimals that could be a rounding error, or stay as they are. */
function roundedAt(value: number, decimals: number): number {
  const scaled = Math.round(value * 10 ** decimals)
  return Number.isSafeInteger(scaled) ? scaled / 10 ** decimals : value
}

export type MetricUnit = keyof typeof UNITS

export const UNIT_NAMES = Object.keys(UNITS) as readonly MetricUnit[]

function counted(): Unit {
  return { base: null, perBase: 1, isWhole: true, decimals: MOST_DECIMALS }
}

function unitTable<U extends string>(table: Readonly<Record<U, Unit>>): Readonly<Record<U, Unit>> {
  return table
}
