import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

type InstanceStatus = AdminStatusV2['instances']['items'][number]

export interface InstanceRow {
  readonly id: string
  readonly isCurrent: boolean
  readonly state: InstanceStatus['state']
  readonly startedAt: string | null
  readonly heartbeatAt: string | null
  /** `null` where the viewer is not told of every job. */
  readonly running: number | null
  /** Of all runs that go on now, from 0 to 100; `null` when none does. */
  readonly sharePct: number | null
  /** How many runs it has at a time; `null`: no limit, or it has not told. 0: an engine carries all its runs to workers. */
  readonly concurrency: number | null
  /** `null` where the viewer is not told of every job. */
  readonly messages: { readonly dropped: number; readonly left: number } | null
  /** As far as the API tells them. */
  readonly facts: Readonly<Partial<Record<InstanceFact, string | number>>>
}

export const INSTANCE_FACTS = ['host', 'process', 'version', 'role', 'time_zone_data'] as const
export type InstanceFact = (typeof INSTANCE_FACTS)[number]

/** The instances; the share is of what these have, since only they run anything. */
export function toInstances({ instances }: Pick<AdminStatusV2, 'instances'>): readonly InstanceRow[] {
  const inAll = instances.items.reduce((sum, { running_runs }) => sum + (running_runs ?? 0), 0)
  return instances.items.map((item) => ({
    id: item.id,
    isCurrent: item.current,
    state: item.state,
    startedAt: item.started_at,
    heartbeatAt: item.heartbeat_at,
    running: item.running_runs,
    sharePct: inAll === 0 || item.running_runs === null ? null : (item.running_runs / inAll) * 100,
    concurrency: item.concurrency,
    messages: messagesOf(item),
    facts: factsOf(item),
  }))
}

function messagesOf({ dropped_messages: dropped, left_messages: left }: InstanceStatus): InstanceRow['messages'] {
  return dropped === null || left === null ? null : { dropped, left }
}

function factsOf(item: InstanceStatus): InstanceRow['facts'] {
  const known = new Map<string, unknown>(Object.entries(item))
  return Object.fromEntries(
    INSTANCE_FACTS.flatMap((fact) => {
      const value = known.get(fact)
      return typeof value === 'string' || typeof value === 'number' ? [[fact, value]] : []
    }),
  )
}
