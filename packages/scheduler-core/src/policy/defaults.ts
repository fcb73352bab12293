import { distanceToNext } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'
import {
  isOnePeriod,
  type Policy,
  type PolicyOptions,
  type PolicyTable,
  type PolicyValues,
  type ValueOf,
} from './policy.ts'

/**
 * Fills in the defaults of a table's policies. Without a schedule, as for retries, a default of one period is its upper
 * limit.
 */
export function withDefaults<T extends PolicyTable>(
  table: T,
  given: { readonly [K in keyof T]?: ValueOf<T[K]> | undefined },
  schedule: Schedule | null = null,
): PolicyValues<T> {
  // A loop, as in `pickPolicies`.
  const values: Record<string, unknown> = {}
  for (const name in table) {
    const [policy, value] = [table[name], given[name]]
    if (policy !== undefined) values[name] = value === undefined ? defaultOf(policy, schedule) : value
  }
  return values as PolicyValues<T>
}

/**
 * The policies whose default follows the schedule and whose value is still the default for `from`, with the default for
 * `to`. So a new schedule changes them along with it.
 */
export function followSchedule<T extends PolicyTable>(
  table: T,
  values: PolicyValues<T>,
  { from, to }: { readonly from: Schedule; readonly to: Schedule },
): PolicyOptions<T> {
  const following = Object.entries(table).filter(
    ([name, policy]) => isOnePeriod(policy.default) && values[name] === defaultOf(policy, from),
  )
  return Object.fromEntries(following.map(([name, policy]) => [name, defaultOf(policy, to)])) as PolicyOptions<T>
}

/** One period of a schedule, computed once for all jobs that share it. */
function periodOf(schedule: Schedule): number | null {
  const known = periods.get(schedule)
  if (known !== undefined) return known
  const period = distanceToNext(schedule, 0)
  periods.set(schedule, period)
  return period
}

const periods = new WeakMap<Schedule, number | null>()

function defaultOf(policy: Policy, schedule: Schedule | null): ValueOf<Policy> {
  if (!isOnePeriod(policy.default)) return policy.default
  const { onePeriodAtMostMs } = policy.default
  const period = schedule && periodOf(schedule)
  return Math.min(period ?? onePeriodAtMostMs, onePeriodAtMostMs)
}
