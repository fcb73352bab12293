import { SchedulerError } from '../errors.ts'

/** Counts what one question has read. */
export interface ReadMeter {
  /** How many more entries the question may read. */
  readonly left: number
  /** Adds so many entries. Throws `READ_TOO_LARGE` once they are more than the limit. */
  count(entries: number): void
}

export interface ReadMeterOptions {
  readonly maxRows: number
  /** The narrower question, in the names that the caller asked with. */
  readonly narrower: () => string
}

export function createReadMeter({ maxRows, narrower }: ReadMeterOptions): ReadMeter {
  let read = 0
  return {
    get left() {
      return maxRows - read
    },
    count(entries) {
      read += entries
      if (read > maxRows) throw tooManyRows(maxRows, narrower())
    },
  }
}

function tooManyRows(limit: number, narrower: string): SchedulerError<'READ_TOO_LARGE'> {
  return new SchedulerError('READ_TOO_LARGE', { over: 'rows', limit, narrower })
}

/** The error of a question whose answer takes longer than it may. */
export function tookTooLong(limit: number, narrower: string): SchedulerError<'READ_TOO_LARGE'> {
  return new SchedulerError('READ_TOO_LARGE', { over: 'time', limit, narrower })
}
