import type { EpochMs } from '../clock.ts'
import type { InstanceId } from '../ids.ts'
import { effectiveDesired } from '../plan/inactive.ts'
import type { InstancePlace } from '../ports/definitions.ts'
import type { InstanceMeasures, StoreMeasures } from '../ports/measures.ts'
import type { InstanceReading, InstanceState } from '../reading/instance-reading.ts'
import type { SchedulerRole } from '../state/role.ts'

/** How long an instance is listed after the lease of its last heartbeat has ended. */
const REMEMBERED_MS = 300_000

interface Instances {
  readonly asOf: EpochMs
  readonly measures: Pick<StoreMeasures, 'control' | 'instances'>
  /** How many runs this process executes at a time: known before its first heartbeat tells it. */
  readonly concurrency: number
  /** The version of this process's time zone data. */
  readonly timeZoneData: string | null
  readonly host: InstanceHost
}

/** The process that takes the snapshot. */
export interface InstanceHost {
  readonly instance: InstanceId | null
  readonly role: SchedulerRole
  readonly place: InstancePlace
}

/**
 * The instances that are there, and for some minutes those that died; those that closed are gone at once. An observer is
 * listed where it takes the snapshot itself. Pure.
 */
export function readInstances(input: Instances): readonly InstanceReading[] {
  const { measures, asOf, host } = input
  const instances = measures.instances
    .filter((life) => life.instance === host.instance || asOf - life.lastSeenAt <= life.leaseMs + REMEMBERED_MS)
    .map((life) => readInstance(life, input))
  return [...instances, ...observerIn(input)]
}

function readInstance(life: InstanceMeasures, input: Instances): InstanceReading {
  const { instance, firstSeenAt, lastSeenAt, leaseMs, leftAt: _, ...known } = life
  const isCurrent = instance === input.host.instance
  const isLive = isCurrent || input.asOf - lastSeenAt <= leaseMs
  const state = isLive ? stateOf(input, known.running) : 'silent'
  return {
    ...known,
    id: instance,
    concurrency: isCurrent ? concurrencyOf(input) : known.concurrency,
    state,
    isCurrent,
    isLive,
    startedAt: firstSeenAt,
    heartbeatAt: lastSeenAt,
  }
}

function concurrencyOf({ concurrency }: Instances): number | null {
  return concurrency === Infinity ? null : concurrency
}

/** What is wanted of the scheduler is what its instances do; a stop is over once their runs have ended. */
function stateOf({ measures, asOf }: Instances, running: number): InstanceState {
  const desired = effectiveDesired(measures.control, asOf)
  return desired === 'stopped' && running > 0 ? 'draining' : desired
}

function observerIn(input: Instances): readonly InstanceReading[] {
  const { host, asOf, timeZoneData } = input
  if (host.role !== 'observer' || host.instance === null) return []
  return [
    {
      ...host.place,
      id: host.instance,
      role: 'observer',
      state: stateOf(input, 0),
      isCurrent: true,
      isLive: true,
      running: 0,
      concurrency: 0,
      droppedMessages: 0,
      leftMessages: 0,
      startedAt: null,
      heartbeatAt: asOf,
      timeZoneData,
    },
  ]
}
