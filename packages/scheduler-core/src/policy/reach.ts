import type { PolicyTable, PolicyValues, Reach, Settable, Shown } from './policy.ts'

/** The policies of a table that readers see, in the order of the table. */
export function shown<T extends PolicyTable>(table: T): Shown<T> {
  return within(table, ['readers', 'operators']) as Shown<T>
}

/** The policies of a table that operators can set at run time, in the order of the table. */
export function settable<T extends PolicyTable>(table: T): Settable<T> {
  return within(table, ['operators']) as Settable<T>
}

/** The names of a table's policies, in the order of the table. */
export function policyNames<T extends PolicyTable>(table: T): readonly Extract<keyof T, string>[] {
  return Object.keys(table) as Extract<keyof T, string>[]
}

/** The values that belong to a table's policies, in the order of the table. */
export function pickPolicies<T extends PolicyTable>(table: T, values: PolicyValues<T>): PolicyValues<T> {
  // A loop, because this is done several times for each of many jobs: `Object.fromEntries` takes six times as long.
  const picked: Record<string, unknown> = {}
  for (const name in table) picked[name] = values[name]
  return picked as PolicyValues<T>
}

function within(table: PolicyTable, reaches: readonly Reach[]): PolicyTable {
  return Object.freeze(Object.fromEntries(Object.entries(table).filter(([, { reach }]) => reaches.includes(reach))))
}
