import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import { templateIn } from '../job/definitions.ts'
import { byJob } from '../plan/by-job.ts'
import type {
  DefinitionSpan,
  InstanceLife,
  JobHolding,
  JobStanding,
  ReadDefinitionsInput,
  ReadOutdatedInput,
  ReadStandingsInput,
  RenamedJob,
} from '../ports/definitions.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import type { SchedulerData, VersionedSpan } from './state/scheduler-data.ts'

export function readInstances(
  { schedulers }: MemoryDatabase,
  { scheduler, job }: { readonly scheduler: string; readonly job?: string },
): readonly InstanceLife[] {
  const data = schedulers.get(scheduler)
  if (!data) return []
  const { instances, holdings } = data
  const lives = [...instances.values()].filter((life) => job === undefined || holdings.get(life.instance)?.has(job))
  return lives.sort((a, b) => (a.instance < b.instance ? -1 : 1))
}

export function readOutdated(
  { schedulers }: MemoryDatabase,
  { scheduler, timeZoneData }: ReadOutdatedInput,
): readonly string[] {
  const data = schedulers.get(scheduler)
  if (!data) return []
  const newer = [...data.instances.values()].filter((life) => {
    return life.leftAt === null && life.timeZoneData !== null && life.timeZoneData > (timeZoneData ?? '')
  })
  const jobs = newer.flatMap(({ instance }) => [...(data.holdings.get(instance)?.keys() ?? [])])
  return [...new Set(jobs)].sort()
}

export function readRenamed(
  { schedulers }: MemoryDatabase,
  { scheduler }: { readonly scheduler: string },
): readonly RenamedJob[] {
  const renamed = [...(schedulers.get(scheduler)?.renamed.values() ?? [])]
  return renamed.sort((a, b) => (a.job < b.job ? -1 : 1))
}

export function readStandings(database: MemoryDatabase, input: ReadStandingsInput): readonly JobStanding[] {
  const data = database.scheduler(input.scheduler)
  const holds = byJob(input.holds)
  const isAlone = [...data.holdings.keys()].every((instance) => instance === input.instance)
  const standings: JobStanding[] = []
  for (const [job, { cursor }] of data.jobs) {
    const spans = data.definitions.get(job) ?? []
    const own = holds.get(job)
    const last = spans.at(-1)?.span
    const present = last?.until === null ? last : null
    if (!own && (input.onlyHolds || !present || templateIn(present.definition) !== null)) continue
    standings.push({
      job,
      ...definedBy(spans, own),
      ...(isAlone ? HELD_BY_NOBODY : heldBy(holdersOf(data, job, input.instance), { present, now: input.now })),
      cursor,
    })
  }
  return standings
}

type Defined = Pick<JobStanding, 'present' | 'endedAt' | 'last' | 'isKeyKnown'>

function definedBy(spans: readonly VersionedSpan[], own: JobHolding | undefined): Defined {
  const last = spans.at(-1)?.span
  if (!last) return NEVER_DEFINED
  const isKeyKnown = own !== undefined && spans.some(({ span }) => span.key === own.key)
  if (last.until !== null) return { present: null, endedAt: last.until, last: last.definition, isKeyKnown }
  const present = own?.digest === last.digest ? { ...last, definition: null } : last
  return { present, endedAt: null, last: null, isKeyKnown }
}

const NEVER_DEFINED: Defined = Object.freeze({ present: null, endedAt: null, last: null, isKeyKnown: false })

interface Holder extends InstanceLife {
  readonly holding: JobHolding
}

function holdersOf({ instances, holdings }: SchedulerData, job: string, but: InstanceId): readonly Holder[] {
  return [...holdings].flatMap(([instance, held]) => {
    const life = instances.get(instance)
    const holding = held.get(job)
    return life && holding && instance !== but ? [{ ...life, holding }] : []
  })
}

type HeldBy = Pick<JobStanding, 'isHeld' | 'isPresentHeld' | 'lastHeldAt'>

const HELD_BY_NOBODY: HeldBy = Object.freeze({ isHeld: false, isPresentHeld: false, lastHeldAt: null })

function heldBy(
  holders: readonly Holder[],
  { present, now }: { readonly present: JobHolding | null; readonly now: EpochMs },
): HeldBy {
  const live = holders.filter(({ lastSeenAt, leaseMs }) => now - lastSeenAt <= leaseMs)
  const dead = holders.filter((holder) => !live.includes(holder))
  return {
    isHeld: live.length > 0,
    isPresentHeld: live.some(({ holding: { key, digest } }) => key === present?.key && digest === present.digest),
    lastHeldAt: dead.length === 0 ? null : Math.max(...dead.map(({ lastSeenAt }) => lastSeenAt)),
  }
}

export function readDefinitions(
  { schedulers }: MemoryDatabase,
  { scheduler, changedAfter, endedFrom, job: only }: ReadDefinitionsInput,
): readonly DefinitionSpan[] {
  const definitions = schedulers.get(scheduler)?.definitions ?? new Map<string, readonly VersionedSpan[]>()
  const jobs = only === undefined ? [...definitions.keys()].sort() : [only]
  const isWanted = ({ span, version }: VersionedSpan, index: number, all: readonly VersionedSpan[]) => {
    if (changedAfter !== undefined) return version > changedAfter
    return endedFrom === undefined ? index === all.length - 1 : span.until === null || span.until >= endedFrom
  }
  const wanted: DefinitionSpan[] = []
  for (const job of jobs) for (const each of (definitions.get(job) ?? []).filter(isWanted)) wanted.push(each.span)
  return wanted
}

/** When the last of these ended; `null` while it is in effect, or without any. */
export function endOf(spans: readonly VersionedSpan[] = []): EpochMs | null {
  return spans.at(-1)?.span.until ?? null
}
