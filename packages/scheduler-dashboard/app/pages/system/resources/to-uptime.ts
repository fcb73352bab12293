import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

export interface UptimePart {
  readonly id: 'active' | 'paused' | 'errored' | 'other'
  readonly tone: 'ok' | 'paused' | 'failed' | 'unknown'
  readonly seconds: number
  /** From 0 to 100. */
  readonly pct: number
}

type Scheduler = AdminStatusV2['scheduler']

/** How the uptime was spent; what no part accounts for is told as well. */
export function toUptime({
  uptime_seconds,
  active_seconds,
  paused_seconds,
  errored_seconds,
}: Pick<Scheduler, 'uptime_seconds' | 'active_seconds' | 'paused_seconds' | 'errored_seconds'>): readonly UptimePart[] {
  const other = Math.max(0, uptime_seconds - active_seconds - paused_seconds - errored_seconds)
  const parts = [
    { id: 'active', tone: 'ok', seconds: active_seconds },
    { id: 'paused', tone: 'paused', seconds: paused_seconds },
    { id: 'errored', tone: 'failed', seconds: errored_seconds },
    // A second is lost by rounding.
    ...(other > 1 ? [{ id: 'other', tone: 'unknown', seconds: other } as const] : []),
  ] as const
  return parts.map((part) => ({ ...part, pct: uptime_seconds > 0 ? (part.seconds / uptime_seconds) * 100 : 0 }))
}

export interface PoolView {
  readonly size: number
  readonly busy: number
  readonly idle: number
  readonly waiting: number
}

/** The pool in numbers; `null` when the store does not tell of one. */
export function toPool({ size, idle, waiting }: AdminStatusV2['store']['pool']): PoolView | null {
  if (size === null || idle === null) return null
  return { size, idle, busy: Math.max(0, size - idle), waiting: waiting ?? 0 }
}
