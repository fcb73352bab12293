import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import { templateIn } from '../job/definitions.ts'
import type { InstanceLife, JobHolding, JobStanding } from '../ports/definitions.ts'
import { byJob } from './by-job.ts'
import { electDefinition } from './elect-definition.ts'

export interface DefinitionsInput {
  /** The instance that enters or leaves. */
  readonly instance: InstanceId
  readonly now: EpochMs
  /** What it has. */
  readonly holds: readonly JobHolding[]
  /** The jobs that it had until now. */
  readonly dropped: readonly string[]
  readonly standings: readonly JobStanding[]
  /** All instances that are known. */
  readonly lives: readonly InstanceLife[]
}

/** A definition that takes effect, in place of another or after a time without one. */
export interface Beginning {
  readonly holding: JobHolding
  readonly since: EpochMs
  readonly standing: JobStanding
}

export interface DefinitionsPlan {
  readonly begun: readonly Beginning[]
  /** The jobs that no live instance has any more, and until when they were defined. */
  readonly ended: readonly Ending[]
  /** The dead instances whose jobs are dealt with. */
  readonly leaves: readonly Leave[]
}

interface Ending {
  readonly job: string
  readonly at: EpochMs
}

interface Leave {
  readonly instance: InstanceId
  readonly at: EpochMs
}

/** Whether an instance counts as alive: it has not left, and its last heartbeat is no older than its lease. */
export function isAlive({ leftAt, lastSeenAt, leaseMs }: InstanceLife, now: EpochMs): boolean {
  return leftAt === null && now - lastSeenAt <= leaseMs
}

/** Decides what an instance changes that enters, or looks again because others have gone. Pure. */
export function planEntering(input: DefinitionsInput): DefinitionsPlan {
  const { holds, standings, now, lives, instance } = input
  const mine = byJob(holds)
  const begun: Beginning[] = []
  const others: JobStanding[] = []
  for (const standing of standings) {
    const holding = mine.get(standing.job)
    if (!holding) others.push(standing)
    else if (electDefinition(holding, standing) === 'begins') {
      const since = Math.max(now, standing.present?.since ?? now, standing.endedAt ?? now)
      begun.push({ holding, since, standing })
    }
  }
  const { firstSeenAt: openedAt = now } = lives.find((life) => life.instance === instance) ?? {}
  return { begun, ended: lapsed(others, { ...input, openedAt }), leaves: deadAmong(input) }
}

/** Decides what an instance changes that leaves. When no other is left, nothing ends: that is a downtime. Pure. */
export function planLeaving(input: DefinitionsInput): DefinitionsPlan {
  const leaves = [...deadAmong(input), { instance: input.instance, at: input.now }]
  const openedAt = Infinity
  return { begun: [], ended: lapsed(input.standings, { ...input, openedAt }), leaves }
}

/**
 * The jobs that no live instance has. Each was defined until its last instance had gone and another one was there that
 * did not have it. An instance may have died after its last heartbeat: the cursor tells until when it decided due times.
 * A job of a template belongs to no instance, and is defined until it is removed.
 */
function lapsed(
  standings: readonly JobStanding[],
  { lives, instance, now, holds, dropped, openedAt }: DefinitionsInput & { readonly openedAt: EpochMs },
): readonly Ending[] {
  if (standings.length === 0) return []
  const others = lives.filter((life) => life.instance !== instance && isAlive(life, now))
  const anotherSince = Math.min(openedAt, ...others.map(({ firstSeenAt }) => firstSeenAt))
  if (anotherSince === Infinity) return []
  const own = new Set([...holds.map(({ job }) => job), ...dropped])
  return standings.flatMap(({ job, present, isHeld, lastHeldAt, cursor }) => {
    if (!present || isHeld || templateIn(present.definition) !== null) return []
    const heldUntil = own.has(job) ? now : (lastHeldAt ?? -Infinity)
    return [{ job, at: Math.max(present.since, Math.min(now, Math.max(heldUntil, anotherSince, cursor))) }]
  })
}

function deadAmong({ lives, instance, now }: DefinitionsInput): readonly Leave[] {
  return lives
    .filter((life) => life.instance !== instance && life.leftAt === null && !isAlive(life, now))
    .map(({ instance, lastSeenAt }) => ({ instance, at: lastSeenAt }))
}
