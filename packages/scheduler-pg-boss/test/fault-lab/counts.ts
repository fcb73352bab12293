import type { PlannedFault } from './faults.ts'

/** Waves of faults: those of one wave happen at the same time. */
export interface Plan {
  readonly dueTimes: number
  /** How long nothing happens after a wave. */
  readonly restMs: number
  /** The waves, which are repeated until there were so many due times. */
  readonly waves: readonly (readonly PlannedFault[])[]
}

const SHORT: Plan = {
  dueTimes: 400,
  restMs: 500,
  waves: [
    [
      ['kill', 'w1'],
      ['stop', 'w2'],
    ],
    [
      ['kill', 's1'],
      ['partition', 'w3'],
    ],
    [['postgres-restart'], ['redis-restart']],
  ],
}

/** One at a time, so that each has its own time to recover; then several at once. */
const LONG: Plan = {
  dueTimes: 10_000,
  restMs: 2_000,
  waves: [
    [['kill', 'w1']],
    [['stop', 'w2']],
    [['partition', 'w3']],
    [['kill', 's1']],
    [['postgres-restart']],
    [['redis-restart']],
    [['kill', 'w4']],
    [['stop', 's2']],
    [['partition', 's3']],
    [
      ['kill', 's1'],
      ['kill', 'w1'],
      ['kill', 'w2'],
      ['kill', 'w3'],
    ],
    [
      ['partition', 's1'],
      ['partition', 's2'],
      ['stop', 'w4'],
    ],
    [['postgres-restart'], ['redis-restart'], ['kill', 'w3']],
  ],
}

/** Few in `pnpm test`, many in `pnpm test:soak`. */
export const PLAN = process.env['SOAK'] === '1' ? LONG : SHORT
