import type { CommandKind } from '@pm/scheduler-core'
import { COMMAND_KINDS } from '@pm/scheduler-core/store'

import { STORE_METHODS, type StoreMethod } from './wrap-store.ts'

const LOOP_UNITS = [
  'tick',
  'renew',
  'settle',
  'rescue',
  'take-up',
  'take-over',
  'hand-over',
  'release',
  'read-instances',
  'watch',
  'prune',
] as const
const OTHER_UNITS = [
  'register',
  'leave',
  'backfill',
  'snapshot',
  'list-entries',
  'list-log',
  'preview',
  'explain',
  'audit',
  'due-times',
  'job',
] as const

/** The scheduler's units of work. `job` stands for those that a handler opens, whatever their names. */
export type UnitOfWorkName = (typeof LOOP_UNITS)[number] | (typeof OTHER_UNITS)[number] | `command:${CommandKind}`

/** A boundary between two steps of a scheduler, at which its process may die. */
export type FailpointName =
  | `store:${StoreMethod}:${'before' | 'after'}`
  | `unit:${UnitOfWorkName}:${'before-commit' | 'after-commit'}`
  | `handler:${'before' | 'inside' | 'after'}`

export const UNIT_NAMES: readonly UnitOfWorkName[] = [
  ...LOOP_UNITS,
  ...OTHER_UNITS,
  ...COMMAND_KINDS.map((kind) => `command:${kind}` as const),
]

/** Every failpoint there is: two for each method of the store, two for each unit of work, three for a handler. */
export const FAILPOINTS: readonly FailpointName[] = [
  ...STORE_METHODS.flatMap((method) => [`store:${method}:before`, `store:${method}:after`] as const),
  ...UNIT_NAMES.flatMap((unit) => [`unit:${unit}:before-commit`, `unit:${unit}:after-commit`] as const),
  'handler:before',
  'handler:inside',
  'handler:after',
]

/** The unit of that name; `null` for a name that the list does not have. */
export function toUnitName(name: string): UnitOfWorkName | null {
  if (name.startsWith('job:')) return 'job'
  return UNIT_NAMES.find((unit) => unit === name) ?? null
}
