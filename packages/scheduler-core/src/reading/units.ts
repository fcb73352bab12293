/** The base units of instruments: Prometheus names end in it; OpenTelemetry has it as the instrument's unit. */
export type BaseUnit = 'seconds' | 'bytes' | 'ratio' | 'timestamp_seconds' | null

interface Unit {
  readonly base: BaseUnit
  /** Multiply a value by this to get the base unit. */
  readonly perBase: number
  /** Whether values are whole numbers. */
  readonly isWhole: boolean
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
  commands: counted(),
  /** One of a few words. */
  state: counted(),
  percent: { base: 'ratio', perBase: 0.01, isWhole: false },
  ms: { base: 'seconds', perBase: 0.001, isWhole: false },
  seconds: { base: 'seconds', perBase: 1, isWhole: true },
  minutes: { base: 'seconds', perBase: 60, isWhole: false },
  bytes: { base: 'bytes', perBase: 1, isWhole: true },
  /** ISO 8601 in UTC with milliseconds in JSON. */
  instant: { base: 'timestamp_seconds', perBase: 0.001, isWhole: true },
})

export type MetricUnit = keyof typeof UNITS

export const UNIT_NAMES = Object.keys(UNITS) as readonly MetricUnit[]

function counted(): Unit {
  return { base: null, perBase: 1, isWhole: true }
}

function unitTable<U extends string>(table: Readonly<Record<U, Unit>>): Readonly<Record<U, Unit>> {
  return table
}
