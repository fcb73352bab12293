import type { ExplanationView } from '@pm/scheduler-core/contract/v2'

import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { GoTo } from '../../../ui/go-to.tsx'
import { State } from '../../../ui/state.tsx'
import { Time } from '../../../ui/time.tsx'
import { useFormatAt } from '../runs/use-format-at.ts'
import { toAnswer } from './to-answer.ts'

/** The answer in a sentence, with what it is about. */
export function Answer({
  explanation,
  jobZone,
  onAsk,
}: {
  readonly explanation: ExplanationView
  readonly jobZone: string | null
  readonly onAsk: (at: string) => void
}) {
  const formatAt = useFormatAt()
  const words = strings.job.why
  const { state, text, entry, later, previous, next } = toAnswer(explanation, formatAt)
  const isNotDue = explanation.kind === 'not-due'
  return (
    <div class="stack">
      <p class="spread">
        <State state={state}>{words.kinds[explanation.kind]}</State>
        <CopyButton text={() => window.location.href} label={words.copy} />
      </p>
      <p role="status" class="anywhere">
        {text}
      </p>
      {isNotDue && (
        <p class="cluster wide">
          <Neighbour label={words.before} at={previous} {...{ jobZone, onAsk }} />
          <Neighbour label={words.after} at={next} {...{ jobZone, onAsk }} />
        </p>
      )}
      {entry !== null && (
        <p class="cluster wide">
          <GoTo to={routes.run(entry)}>
            {explanation.kind === 'recorded' && explanation.entry.kind === 'run' ? words.run : words.entry}
          </GoTo>
          {later.map((id) => (
            <GoTo key={id} to={routes.run(id)}>
              {words.later}
            </GoTo>
          ))}
        </p>
      )}
    </div>
  )
}

function Neighbour({
  label,
  at,
  jobZone,
  onAsk,
}: {
  readonly label: string
  readonly at: string | null
  readonly jobZone: string | null
  readonly onAsk: (at: string) => void
}) {
  const words = strings.job.why
  return (
    <span class="cluster">
      <span class="muted">{label}</span>
      <Time at={at} as="absolute" jobZone={jobZone} none={words.none} />
      {at !== null && (
        <Button tone="quiet" onClick={() => onAsk(at)}>
          {words.ask}
          <span class="sr-only">: {label}</span>
        </Button>
      )}
    </span>
  )
}
