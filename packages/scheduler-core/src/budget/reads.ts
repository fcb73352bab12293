import * as z from 'zod'
import { lazily } from '../lazily.ts'

/** What the questions to one scheduler may cost together, and each of them. Snapshots and commands are none of them. */
export interface ReadsOptions {
  /**
   * How many questions are answered at a time (default 2), and so how many sessions they have at most. On a pool that
   * tells its size at most a quarter of it.
   */
  readonly places?: number
  /**
   * How many questions of principals wait for a place (default 16; one principal has at most half of them). Those that the
   * host asks itself, without `by`, wait beside them, as long as it takes.
   */
  readonly queue?: number
  /** How long a question waits for a place before it is refused with `READS_BUSY` (default 5,000). */
  readonly waitMs?: number
  /** How long the answer to one question may take (default 10,000; `Infinity` for no limit). */
  readonly timeoutMs?: number
  /** How many entries of the ledger and of the control log one question may read (default 100,000; `Infinity` for no limit). */
  readonly maxRows?: number
}

export type CheckedReads = Required<ReadsOptions>

const HOUR_MS = 3_600_000

const unlimited = (one: z.ZodInt, error: string) => z.union([one, z.literal(Infinity)], { error })

/** `ReadsOptions`, checked and with their defaults. */
export const readsOption = lazily(() =>
  z
    .strictObject({
      places: z.int().min(1).max(100).default(2),
      queue: z.int().min(0).max(10_000).default(16),
      waitMs: z.int().min(1).max(HOUR_MS).default(5_000),
      timeoutMs: unlimited(z.int().min(1).max(HOUR_MS), 'milliseconds from 1 to 3,600,000, or Infinity').default(
        10_000,
      ),
      maxRows: unlimited(z.int().min(1), 'a whole number from 1, or Infinity').default(100_000),
    })
    .prefault({}),
)
