import type { RunDetail } from '../../../data/api.ts'
import { formatRelative } from '../../../format/durations.ts'
import { firstLine } from '../../../format/first-line.ts'
import { useNow } from '../../../format/use-now.ts'
import { strings } from '../../../strings/index.ts'
import { Shape, type StateName } from '../../../ui/icons.tsx'
import { stateOfEntry, stateOfRun, wordOfEntry } from '../../../ui/state-of.ts'
import { type Attempt, toAttempts } from './to-attempts.ts'

/** The tries of a run on a line: those that failed and why, the last one, the one that is waited for, and those that are left. */
export function AttemptsLine({ run, most }: { readonly run: RunDetail; readonly most: number | null }) {
  const nowMs = useNow()
  const { shown, hidden, left } = toAttempts(run, most)
  const words = strings.runs.attempts
  return (
    <ol class="attempts" aria-label={words.label}>
      {hidden > 0 && <li class="muted">{words.hidden(hidden)}</li>}
      {shown.map((attempt) => {
        const { state, text } = toItem(attempt, run, nowMs)
        return (
          <li key={attempt.number} data-state={state}>
            <Shape state={state} />
            <span class="anywhere">{words.one(attempt.number, text)}</span>
          </li>
        )
      })}
      {left > 0 && <li class="muted">{words.left(left)}</li>}
    </ol>
  )
}

interface Item {
  readonly state: StateName
  readonly text: string
}

function toItem({ kind, past }: Attempt, run: RunDetail, nowMs: number): Item {
  if (kind === 'before') return toPastItem(past)
  if (kind === 'last') return { state: stateOfEntry(run), text: wordOfEntry(run) }
  const atMs = run.next_attempt_at === null ? nowMs : Date.parse(run.next_attempt_at)
  const soon = SOON[run.waiting_for ?? 'attempt']
  return { state: 'waiting', text: atMs > nowMs ? formatRelative(atMs, nowMs) : soon }
}

const { held: attempt, noOwner: instance, noWorker: worker } = strings.runs.attempts
/** When the next try begins, by what the run waits for. */
const SOON = { attempt, instance, worker } as const

/** One that the run no longer keeps has failed in some way. */
function toPastItem(past: Attempt['past']): Item {
  const { outcome, error } = past ?? ({ outcome: 'failed', error: null } as const)
  const why = error && (firstLine(error.message) || error.code)
  return { state: stateOfRun(outcome), text: strings.runs.attempts.again(strings.kit.words[outcome], why) }
}
