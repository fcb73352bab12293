import type { RunView } from '@pm/scheduler-core/contract/v2'

/** When a run began; of one that waits in a queue or was cancelled there, when it was queued. One of the two is known. */
export function beganAt({ started_at, queued_at }: Pick<RunView, 'started_at' | 'queued_at'>): string {
  return started_at ?? queued_at ?? new Date(0).toISOString()
}
