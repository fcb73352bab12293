import type { ControlState } from '../control/control.ts'
import { byJob } from '../plan/by-job.ts'
import type { DefineInput, DefinitionSpan, InstanceLife } from '../ports/definitions.ts'
import { SetKey } from './changes/set-key.ts'
import { SetKeys } from './changes/set-keys.ts'
import { JobData } from './state/job-data.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import type { SchedulerData, VersionedSpan } from './state/scheduler-data.ts'
import type { UndoLog } from './state/undo-log.ts'

export function define(database: MemoryDatabase, input: DefineInput): ControlState {
  const { undoLog } = database
  const data = database.scheduler(input.scheduler)
  const { leaves, ended, begun, added = [], isNotable = false } = input
  const version = data.control.definitions + 1
  enter(data, undoLog, input)
  leave(data, undoLog, input)
  for (const { job, cursor } of added) {
    if (!data.jobs.has(job)) undoLog.apply(new SetKey(data.jobs, job, new JobData(job, cursor, data.totals)))
  }
  for (const { job, at } of ended) {
    const spans = (data.definitions.get(job) ?? []).map((each) =>
      each.span.until === null ? { span: { ...each.span, until: at }, version } : each,
    )
    undoLog.apply(new SetKey<string, readonly VersionedSpan[]>(data.definitions, job, spans))
  }
  begin(data, undoLog, { begun, version })
  for (const { job, called } of begun) {
    const renamed = data.renamed.get(job)
    if (renamed && called !== undefined) undoLog.apply(new SetKey(data.renamed, job, { ...renamed, called }))
  }
  if (isNotable || leaves.length + ended.length + begun.length > 0) moveOn(data, undoLog, version)
  return data.control
}

function begin(
  { definitions }: SchedulerData,
  undoLog: UndoLog,
  { begun, version }: Pick<DefineInput, 'begun'> & { readonly version: number },
): void {
  const spansOf = new Map<string, readonly VersionedSpan[]>()
  for (const { job, key, digest, since, definition } of begun) {
    const span: DefinitionSpan = { job, key, digest, since, until: null, definition }
    const before = spansOf.get(job) ?? definitions.get(job)
    // A list that is made of another one has room for more than it holds.
    spansOf.set(job, before ? [...before, { span, version }] : [{ span, version }])
  }
  if (spansOf.size > 0) undoLog.apply(new SetKeys(definitions, spansOf))
}

function enter({ instances, holdings }: SchedulerData, undoLog: UndoLog, { enters, now }: DefineInput): void {
  if (!enters) return
  const { holds, ...entering } = enters
  const { instance } = entering
  const { firstSeenAt = now, lastSeenAt = now } = instances.get(instance) ?? {}
  const life: InstanceLife = { ...entering, firstSeenAt, lastSeenAt: Math.max(lastSeenAt, now), leftAt: null }
  undoLog.apply(new SetKey(instances, instance, life))
  undoLog.apply(new SetKey(holdings, instance, byJob(holds)))
}

function leave({ instances, holdings }: SchedulerData, undoLog: UndoLog, { leaves }: DefineInput): void {
  for (const { instance, at } of leaves) {
    const life = instances.get(instance)
    if (life) undoLog.apply(new SetKey(instances, instance, { ...life, leftAt: at }))
    undoLog.apply(new SetKey(holdings, instance, undefined))
  }
}

function moveOn(data: SchedulerData, undoLog: UndoLog, definitions: number): void {
  const before = data.control
  undoLog.apply({
    redo() {
      data.control = { ...before, definitions }
    },
    undo() {
      data.control = before
    },
  })
}
