import type { RunView } from '@pm/scheduler-core/contract/v2'

/** How long it still takes if it goes on as fast as so far; `null` while that says nothing. */
export function toRemaining({ done, total, at }: NonNullable<RunView['progress']>, startedAt: string): number | null {
  const passedMs = Date.parse(at) - Date.parse(startedAt)
  return done <= 0 || total <= 0 || passedMs <= 0 ? null : Math.round((passedMs * (total - done)) / done)
}
