import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import { useEffect } from 'preact/hooks'
import { useApp } from '../../../app-context.ts'
import type { RunRow } from '../../../data/api.ts'
import { beganAt } from '../../../data/began-at.ts'
import { useNow } from '../../../format/use-now.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Shape } from '../../../ui/icons.tsx'
import { stateOfEntry, wordOfEntry } from '../../../ui/state-of.ts'
import { Time } from '../../../ui/time.tsx'
import { RunControls } from './run-controls.tsx'
import { toNeighbours } from './to-neighbours.ts'
import { toRunSentence } from './to-run-sentence.ts'

/** Which run it is, how it is in a sentence, and what one may ask of it. */
export function RunHeader({
  entry,
  scheduler,
  around,
}: {
  readonly entry: RunRow
  readonly scheduler: string
  readonly around: readonly LedgerEntryView[] | null
}) {
  const { announcer } = useApp()
  const nowMs = useNow()
  const words = strings.runs.page
  const word = wordOfEntry(entry)
  const state = stateOfEntry(entry)
  const { previous, next } = toNeighbours(around ?? [], entry.id)
  useEffect(() => announcer.say(words.isNow(entry.job, word)), [announcer, words, entry.job, word])
  const at = entry.scheduled_for ?? (entry.kind === 'run' ? beganAt(entry) : null)
  return (
    <header class="job-header">
      <div class="spread">
        <h1>
          <GoTo to={routes.job(entry.job)}>{entry.job}</GoTo>, <Time at={at} as="absolute" />
        </h1>
        {entry.kind === 'run' && <RunControls run={entry} scheduler={scheduler} />}
      </div>
      <p class="verdict" data-state={state}>
        <Shape state={state} />
        {toRunSentence(entry, nowMs)}
      </p>
      <nav class="cluster wide" aria-label={words.neighbours}>
        <Neighbour id={previous} label={words.previous} none={words.noPrevious} />
        <Neighbour id={next} label={words.next} none={words.noNext} />
        <GoTo to={routes.runs({ job: entry.job })}>{words.ofJob}</GoTo>
      </nav>
    </header>
  )
}

function Neighbour({ id, label, none }: { readonly id: string | null; readonly label: string; readonly none: string }) {
  return id === null ? <span class="muted">{none}</span> : <GoTo to={routes.run(id)}>{label}</GoTo>
}
