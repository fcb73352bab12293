import type { EpochMs } from '../../clock.ts'
import type { CommandActor, SchedulerCommand, TemplateVerb } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import { type JobDefinition, readDefinition, templatedHoldingOf } from '../../job/definitions.ts'
import type { Job } from '../../job/job.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { firstCursor } from '../../plan/first-cursor.ts'
import type { DefinitionSpan, JobHolding } from '../../ports/definitions.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import { type ChangedDefinition, createOldAccounts } from '../define/old-accounts.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { assertFree, COMMAND_WAIT_MS } from './assert-free.ts'
import { type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'
import { refusePassed } from './refuse-passed.ts'

/** A job of a template, as it shall be; without a definition it shall go. */
export interface WantedJob<S> {
  /** Where the caller finds it. */
  readonly path: string
  readonly name: string
  /** The job that it becomes; as it is, when it goes. */
  readonly job: Job<S>
  readonly definition: JobDefinition | null
  /** The digest of the definition that it was made of; `null` of a new job. */
  readonly from: string | null
}

export interface TemplateRequest<S> {
  readonly verb: TemplateVerb
  readonly jobs: readonly WantedJob<S>[]
  /** Why there are none: it is refused with this, unless it was done before. */
  readonly refusal: SchedulerError | null
  /** The version of the control state that was known when the definitions were made. */
  readonly basedOn: number
  /** What the caller asked for. */
  readonly asked: unknown
  readonly actor: CommandActor
  readonly terms: Terms
}

export interface TemplateCommanded extends Commanded {
  /** The jobs that were made, changed or removed. */
  readonly jobs: readonly string[]
}

/** The definitions that began and ended, with their version. */
export interface Defined {
  readonly version: number
  readonly spans: readonly DefinitionSpan[]
}

/** Makes, changes and removes jobs of templates: all of one call in one unit of work, or none. */
export interface TemplateCommander<S> {
  changeJobs(request: TemplateRequest<S>): Promise<Answered<TemplateCommanded> & { readonly defined: Defined | null }>
}

interface UnderWay<S> {
  readonly request: TemplateRequest<S>
  /** Takes the due times that the command leaves without a run. */
  readonly unrun: NewUnrunRange[]
}

/** Of a conflict: the version that a change was made on, and the present one. */
interface Basis {
  readonly expected: number
  readonly actual: number
}

interface Change<S> extends ChangedDefinition<S> {
  readonly name: string
  readonly holding: JobHolding | null
  readonly definition: JobDefinition | null
}

export function createTemplateCommander<S extends object>(context: InstanceContext<S>): TemplateCommander<S> {
  const { scheduler, instance, store, units, clock, follow, reports } = context
  const once = createOnce<S>(context)
  const settleOld = createOldAccounts<S>(context)

  async function toChanges(session: S, wanted: readonly WantedJob<S>[], basis: Basis): Promise<readonly Change<S>[]> {
    const now = clock.now()
    // Only a new job may have been there before, and have ended.
    const holds = wanted.flatMap(({ name, from, definition }) =>
      from === null && definition ? [templatedHoldingOf(name, definition)] : [],
    )
    const read = { scheduler, instance, now, holds, onlyHolds: true }
    const standings = holds.length === 0 ? [] : await store.readStandings(session, read)
    const byName = new Map(standings.map((standing) => [standing.job, standing]))
    return wanted.map((each) => {
      const { name, job, definition } = each
      const present = assertAsBefore(context, each, basis)
      const { endedAt = null, last = null } = byName.get(name) ?? {}
      refuseToGoBack(each, present, now)
      const since = Math.max(now, present?.since ?? now, endedAt ?? now)
      const holding = definition && templatedHoldingOf(name, definition)
      return { name, job, definition, holding, since, standing: { present, endedAt, last }, isEnd: definition === null }
    })
  }

  async function carryOut(session: S, { request, unrun }: UnderWay<S>, { control }: LockedJobs) {
    const { verb, jobs, refusal, basedOn, actor } = request
    if (refusal) throw refusal
    const now = clock.now()
    await follow(session, control)
    const all = await toChanges(session, jobs, { expected: basedOn, actual: control.version })
    const changes = all.filter(({ holding, standing: { present } }) => holding?.digest !== present?.digest)
    if (changes.length === 0) return { defined: null, answer: { ...commanded(control, now, NOTHING), jobs: [] } }
    const settled = await settleOld(session, { changes, control, waitMs: COMMAND_WAIT_MS })
    assertFree(settled)
    unrun.push(...settled.unrun)
    const { definitions: version } = await store.define(session, { scheduler, now, ...toInput(changes) })
    const command = changes.map(({ name: job }): SchedulerCommand => ({ kind: verb, job, ...actor }))
    const next = await store.applyCommand(session, { scheduler, command, now })
    const answer = { ...commanded(next, now), jobs: changes.map(({ name }) => name) }
    return { defined: { version, spans: changes.flatMap(toSpans) }, answer }
  }

  return {
    async changeJobs(request) {
      const { verb, asked, actor, terms } = request
      const unrun: NewUnrunRange[] = []
      let defined: Defined | null = null
      const answered = await units.run(
        `command:${verb}`,
        (session) => {
          const what = {
            jobs: [],
            by: actor.by,
            asked: { kind: verb, jobs: asked, why: actor.why },
            terms,
            about: null,
          }
          return once<TemplateCommanded>(session, what, async (locked) => {
            const done = await carryOut(session, { request, unrun }, locked)
            defined = done.defined
            return done.answer
          })
        },
        { mayBeRefused: true },
      )
      reports.unrun(unrun)
      return { ...answered, defined }
    },
  }
}

function toInput<S>(changes: readonly Change<S>[]) {
  return {
    enters: null,
    leaves: [],
    added: changes.flatMap(({ name: job, since, definition }) =>
      definition ? [{ job, cursor: firstCursor(definition.schedule, since) }] : [],
    ),
    ended: changes.flatMap(({ name: job, since: at, standing }) => (standing.present ? [{ job, at }] : [])),
    begun: changes.flatMap(({ holding, since, definition }) =>
      holding && definition ? [{ ...holding, since, definition }] : [],
    ),
  }
}

function toSpans<S>({ holding, since, definition, standing: { present } }: Change<S>): readonly DefinitionSpan[] {
  return [
    ...(present ? [{ ...present, until: since }] : []),
    ...(holding ? [{ ...holding, since, until: null, definition }] : []),
  ]
}

const NOTHING = { changed: false }

/** Under the lock of the control state the definitions that are known are those in effect. */
function assertAsBefore<S extends object>(
  { configuration: { definitions }, names }: Pick<InstanceContext<S>, 'configuration' | 'names'>,
  { path, name, from }: WantedJob<S>,
  basis: Basis,
): DefinitionSpan | null {
  const present = definitions.presentOf(name)
  if (from === null && (present || definitions.own.has(name) || names.calledHere(name) !== name)) {
    refuseOption({
      path: `${path}.name`,
      value: name,
      expected: 'a name that no job of this scheduler has, or had before',
    })
  }
  if (from !== null && !present) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
  if (from !== null && present?.digest !== from) throw new SchedulerError('CONTROL_CONFLICT', basis)
  return present
}

function refuseToGoBack<S>({ path, definition }: WantedJob<S>, present: DefinitionSpan | null, now: EpochMs): void {
  if (!definition || !present) return
  const before = readDefinition(present.definition)?.schedule ?? null
  refusePassed({ schedule: definition.schedule, before, path, now })
}
