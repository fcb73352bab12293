import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { CommandStep } from '../../../data/toast-store.ts'
import { formatDuration } from '../../../format/durations.ts'
import { strings } from '../../../strings/index.ts'

const LOOK_MS = 1_000
/** A run that takes longer is left to its own page. */
const LOOKS = 300

/** Tells how a run goes on, until it has ended. */
export async function followRun(
  id: string,
  api: Api,
  tell: (detail: string, step?: CommandStep) => void,
): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const entry = await api.admin.run(id)
    const { detail, step, isOver } = toNews(entry)
    tell(detail, step)
    if (isOver) return
    await new Promise((resolve) => window.setTimeout(resolve, LOOK_MS))
  }
}

/** What the message of a command says of the run that it began. */
export function toNews(entry: LedgerEntryView): {
  readonly detail: string
  readonly step: CommandStep
  readonly isOver: boolean
} {
  const words = strings.runs.news
  // A run that goes on is no done thing: its message stays.
  if (entry.kind === 'run' && entry.waiting_for !== null) {
    const waits = words.waits[entry.waiting_for]
    const detail = entry.error === null ? waits : words.because(waits, entry.error.message)
    return { detail, step: 'accepted', isOver: false }
  }
  if (entry.state === 'running') return { detail: words.running, step: 'accepted', isOver: false }
  if (entry.kind === 'unrun') return { detail: strings.kit.words[entry.state], step: 'refused', isOver: true }
  const { state, duration_ms, error } = entry
  if (entry.started_at === null) {
    return { detail: words.endedQueued(strings.kit.words[state]), step: 'refused', isOver: true }
  }
  const took = formatDuration(duration_ms)
  if (state === 'succeeded') return { detail: words.succeeded(took), step: 'applied', isOver: true }
  const how = strings.kit.words[state]
  return { detail: words.ended(how, took, error?.message ?? null), step: 'refused', isOver: true }
}
