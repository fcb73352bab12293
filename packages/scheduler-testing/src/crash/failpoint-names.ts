import type { CommandKind } from '@pm/scheduler-core'
import { COMMAND_KINDS } from '@pm/scheduler-core/store'

import { STORE_METHODS, type StoreMethod } from './wrap-store.ts'

const LOOP_UNITS = [
  'tick',
  'renew',
  'settle',
  'rescue',
  'take-up',
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

/** What a scheduler or a worker does only where an engine carries the runs. */
const QUEUE_UNITS = ['take-over', 'hand-over', 'read-taken-over'] as const
const QUEUE_METHODS: readonly StoreMethod[] = ['takeOver', 'handOverAgain']

/** The scheduler's units of work. `job` stands for those that a handler opens, whatever their names. */
export type UnitOfWorkName =
  | (typeof LOOP_UNITS)[number]
  | (typeof OTHER_UNITS)[number]
  | (typeof QUEUE_UNITS)[number]
  | `command:${CommandKind}`

/** A boundary between two steps of a scheduler, at which its process may die. */
export type FailpointName =
  | `store:${StoreMethod}:${'before' | 'after'}`
  | `unit:${UnitOfWorkName}:${'before-commit' | 'after-commit'}`
  | `handler:${'before' | 'inside' | 'after'}`

const UNIT_NAMES: readonly UnitOfWorkName[] = [
  ...LOOP_UNITS,
  ...OTHER_UNITS,
  ...COMMAND_KINDS.map((kind) => `command:${kind}` as const),
]

/**
 * Every failpoint of a scheduler without an engine: two for each method of the store, two for each unit of work, three for a
 * handler.
 */
export const FAILPOINTS: readonly FailpointName[] = [
  ...STORE_METHODS.filter((method) => !QUEUE_METHODS.includes(method)).flatMap(ofMethod),
  ...UNIT_NAMES.flatMap(ofUnit),
  'handler:before',
  'handler:inside',
  'handler:after',
]

/** Those that are passed only where an engine carries the runs. */
export const QUEUE_FAILPOINTS: readonly FailpointName[] = [
  ...QUEUE_METHODS.flatMap(ofMethod),
  ...QUEUE_UNITS.flatMap(ofUnit),
]

function ofMethod(method: StoreMethod): readonly FailpointName[] {
  return [`store:${method}:before`, `store:${method}:after`]
}

function ofUnit(unit: UnitOfWorkName): readonly FailpointName[] {
  return [`unit:${unit}:before-commit`, `unit:${unit}:after-commit`]
}

/** The unit of that name; `null` for a name that the list does not have. */
export function toUnitName(name: string): UnitOfWorkName | null {
  if (name.startsWith('job:')) return 'job'
  return [...UNIT_NAMES, ...QUEUE_UNITS].find((unit) => unit === name) ?? null
}
