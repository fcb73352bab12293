import type { ForeseenDueTimeView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { toMs } from '../../../format/instants.ts'
import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'

const STATES: Readonly<Record<ForeseenDueTimeView['fate'], StateName>> = {
  run: 'ok',
  suppressed: 'paused',
  missed: 'late',
  excluded: 'skipped',
}

/** What becomes of a due time, as it is shown. */
export function toFate({ fate, due_at, starts_at, calendar }: ForeseenDueTimeView): {
  readonly state: StateName
  readonly words: string
} {
  const words = strings.job.fates
  const state = STATES[fate]
  if (fate === 'excluded' && calendar !== null) return { state, words: words.excludedBy(calendar) }
  const delayMs = (toMs(starts_at) ?? 0) - (toMs(due_at) ?? 0)
  if (fate === 'run' && starts_at !== null && delayMs > 0)
    return { state, words: words.jitter(formatDuration(delayMs)) }
  return { state, words: words[fate] }
}
