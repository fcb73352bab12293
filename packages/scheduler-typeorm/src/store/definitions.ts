import type { ControlState } from '@pm/scheduler-core'
import type {
  DefineInput,
  DefinitionSpan,
  InstanceLife,
  JobHolding,
  JobStanding,
  ReadDefinitionsInput,
  ReadOutdatedInput,
  ReadStandingsInput,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { flag, integer, integerOrNull, json, type Row, text, textOrNull } from '../query.ts'
import {
  BEGIN_SHAPE,
  beginDefinitions,
  deleteHoldings,
  END_SHAPE,
  endDefinitions,
  enterInstance,
  HOLDING_SHAPE,
  insertHoldings,
  LEAVE_SHAPE,
  leaveInstances,
  setDefinitions,
} from '../sql/define.ts'
import type { Names } from '../sql/names.ts'
import { JOB_SHAPE, registerJobs } from '../sql/register-jobs.ts'
import { CALLED_SHAPE, callJobs } from '../sql/renamed-jobs.ts'
import { toColumns } from '../sql/rowset.ts'
import { selectControl } from '../sql/select-control.ts'
import { selectDefinitions } from '../sql/select-definitions.ts'
import { selectLives, selectOutdated } from '../sql/select-instances.ts'
import { selectKnownKeys, selectStandings } from '../sql/select-standings.ts'
import { registered, toControl } from './control.ts'
import { toLife } from './instance-rows.ts'
import { statement } from './statement.ts'

export function createReadInstances(names: Names) {
  const select = statement('readInstances', selectLives(names))
  return async (
    session: EntityManager,
    { scheduler, job = null }: { readonly scheduler: string; readonly job?: string | null },
  ): Promise<readonly InstanceLife[]> => (await select(session, scheduler, job)).map(toLife)
}

export function createReadOutdated(names: Names) {
  const select = statement('readOutdated', selectOutdated(names))
  return async (session: EntityManager, { scheduler, timeZoneData }: ReadOutdatedInput): Promise<readonly string[]> =>
    (await select(session, scheduler, timeZoneData)).map((row) => text(row, 'job'))
}

export function createReadStandings(names: Names) {
  const selectAll = statement('readStandings', selectStandings(names, 'all'))
  const selectHeld = statement('readStandings', selectStandings(names, 'held'))
  const selectKnown = statement('readStandings', selectKnownKeys(names))
  return async (session: EntityManager, input: ReadStandingsInput): Promise<readonly JobStanding[]> => {
    const { scheduler, instance, now, onlyHolds = false } = input
    const holds = holdingColumns(input.holds)
    const known = new Set((await selectKnown(session, scheduler, ...holds)).map((row) => text(row, 'job')))
    const rows = await (onlyHolds ? selectHeld : selectAll)(session, scheduler, instance, now, ...holds)
    return rows.map((row) => toStanding(row, known))
  }
}

export function createReadDefinitions(names: Names) {
  const statements = new Map<string, ReturnType<typeof statement>>()
  return async (session: EntityManager, input: ReadDefinitionsInput): Promise<readonly DefinitionSpan[]> => {
    const filters = FILTERS.filter((filter) => input[filter] !== undefined)
    const key = filters.join()
    const select = statements.get(key) ?? statement('readDefinitions', selectDefinitions(names, filters))
    statements.set(key, select)
    const rows = await select(session, input.scheduler, ...filters.map((filter) => input[filter]))
    return rows.map((row) => ({ ...toSpan(row), definition: json(row, 'definition') }))
  }
}

export function createDefine(names: Names) {
  const lock = statement('define', selectControl(names, 'update'))
  const moveOn = statement('define', setDefinitions(names))
  const add = statement('define', registerJobs(names))
  const enter = createEnter(names)
  const leave = createLeave(names)
  const change = createChangeSpans(names)
  const call = createCallJobs(names)

  return async (session: EntityManager, input: DefineInput): Promise<ControlState> => {
    const { scheduler, leaves, ended, begun, added = [], isNotable = false } = input
    const control = toControl(registered(scheduler, (await lock(session, scheduler))[0]))
    await enter(session, input)
    await leave(session, input)
    if (added.length > 0) await add(session, scheduler, ...toColumns(JOB_SHAPE, added))
    if (!isNotable && leaves.length + ended.length + begun.length === 0) return control
    const definitions = control.definitions + 1
    await change(session, input, definitions)
    await call(session, input)
    await moveOn(session, scheduler, definitions)
    return { ...control, definitions }
  }
}

function createEnter(names: Names) {
  const note = statement('define', enterInstance(names))
  const forget = statement('define', deleteHoldings(names))
  const hold = statement('define', insertHoldings(names))
  return async (session: EntityManager, { scheduler, now, enters }: DefineInput): Promise<void> => {
    if (!enters) return
    const { instance, role, leaseMs, timeZoneData, host, pid, version, holds } = enters
    await forget(session, scheduler, [instance])
    await note(session, scheduler, instance, now, leaseMs, timeZoneData, host, pid, version, role)
    if (holds.length > 0) await hold(session, scheduler, instance, ...holdingColumns(holds))
  }
}

function createLeave(names: Names) {
  const note = statement('define', leaveInstances(names))
  const forget = statement('define', deleteHoldings(names))
  return async (session: EntityManager, { scheduler, leaves }: DefineInput): Promise<void> => {
    if (leaves.length === 0) return
    const rows = leaves.map(({ instance, at }) => ({ instance, left_at: at }))
    await note(session, scheduler, ...toColumns(LEAVE_SHAPE, rows))
    const gone = leaves.map(({ instance }) => instance)
    await forget(session, scheduler, gone)
  }
}

function createChangeSpans(names: Names) {
  const end = statement('define', endDefinitions(names))
  const begin = statement('define', beginDefinitions(names))
  return async (session: EntityManager, { scheduler, ended, begun }: DefineInput, version: number): Promise<void> => {
    if (ended.length > 0) {
      const rows = ended.map(({ job, at }) => ({ job, until_at: at }))
      await end(session, scheduler, version, ...toColumns(END_SHAPE, rows))
    }
    if (begun.length === 0) return
    const rows = begun.map(({ job, key, digest, since, definition }) => {
      return { job, key, digest, since_at: since, definition: JSON.stringify(definition) }
    })
    await begin(session, scheduler, version, ...toColumns(BEGIN_SHAPE, rows))
  }
}

/** Notes the names that renamed jobs have now. */
function createCallJobs(names: Names) {
  const note = statement('define', callJobs(names))
  return async (session: EntityManager, { scheduler, begun }: DefineInput): Promise<void> => {
    const rows = begun.flatMap(({ job, called }) => (called === undefined ? [] : [{ job, called }]))
    if (rows.length > 0) await note(session, scheduler, ...toColumns(CALLED_SHAPE, rows))
  }
}

function holdingColumns(holds: readonly JobHolding[]): string[] {
  const rows = holds.map(({ job, key, digest }) => ({ job, key, digest }))
  return toColumns(HOLDING_SHAPE, rows)
}

const FILTERS = ['job', 'changedAfter', 'endedFrom'] as const

function toStanding(row: Row, known: ReadonlySet<string>): JobStanding {
  const job = text(row, 'name')
  const has = (column: string) => textOrNull(row, column) !== null
  return {
    job,
    present: has('job') ? { ...toSpan(row), definition: has('definition') ? json(row, 'definition') : null } : null,
    endedAt: integerOrNull(row, 'ended_at'),
    last: has('last') ? json(row, 'last') : null,
    isKeyKnown: known.has(job),
    isHeld: flag(row, 'is_held'),
    isPresentHeld: flag(row, 'is_present_held'),
    lastHeldAt: integerOrNull(row, 'last_held_at'),
    cursor: integer(row, 'cursor'),
  }
}

function toSpan(row: Row): Omit<DefinitionSpan, 'definition'> {
  return {
    job: text(row, 'job'),
    key: text(row, 'key'),
    digest: text(row, 'digest'),
    since: integer(row, 'since'),
    until: integerOrNull(row, 'until'),
  }
}
