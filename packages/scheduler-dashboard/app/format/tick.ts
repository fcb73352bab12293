/** A time that an axis names. */
export interface Tick {
  readonly atMs: number
  /** Whether a day begins. */
  readonly isDay: boolean
}
