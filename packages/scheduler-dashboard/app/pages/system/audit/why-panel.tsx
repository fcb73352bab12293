import type { ExplanationView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { useApp } from '../../../app-context.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { useZone } from '../../../format/use-zone.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { GoTo } from '../../../ui/go-to.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Time } from '../../../ui/time.tsx'
import { type Fate, fateOf } from './fates.ts'
import { FateWord } from './shape.tsx'
import { sentenceInZone } from './to-words.ts'

/** A due time, or a run that stands for none. */
export type Asked =
  | { readonly job: string; readonly at: string; readonly run?: undefined }
  | { readonly job: string; readonly run: string; readonly at?: undefined }

const { why: words, fates } = strings.audit

/** Why one due time ran or did not, in one sentence, with what the ledger has of it. */
export function WhyAnswer({ asked, scheduler }: { readonly asked: Asked; readonly scheduler: string }) {
  return asked.run === undefined ? (
    <DueTime job={asked.job} at={asked.at} scheduler={scheduler} />
  ) : (
    <RunByHand run={asked.run} scheduler={scheduler} />
  )
}

function DueTime({ job, at, scheduler }: { readonly job: string; readonly at: string; readonly scheduler: string }) {
  const answer = useResource(`why ${job} ${at}`, (api) => api.admin.explain(job, { at }), {
    scheduler,
    refreshOn: { view: 'admin' },
    countNew: () => 0,
  })
  return (
    <ResourceView resource={answer} rows={5}>
      {(explanation) => (
        <div class="stack">
          <Head fate={fateOfExplanation(explanation)} job={job} />
          <Sentence text={explanation.text} />
          <Facts explanation={explanation} />
          <div class="cluster">
            {explanation.kind === 'recorded' && explanation.entry.kind === 'run' && (
              <GoTo to={routes.run(explanation.entry.id)}>{words.run}</GoTo>
            )}
            <CopyButton text={() => window.location.href} label={words.link} />
          </div>
        </div>
      )}
    </ResourceView>
  )
}

function Sentence({ text }: { readonly text: string }) {
  const { clock } = useApp()
  const zone = useZone()
  return (
    <p class="audit-sentence" role="status">
      {sentenceInZone(text, { nowMs: clock.now(), zone })}
    </p>
  )
}

function Head({ fate, job }: { readonly fate: Fate | null; readonly job: string }) {
  return (
    <div class="spread">
      {fate === null ? <span /> : <FateWord fate={fate}>{fates[fate]}</FateWord>}
      <GoTo to={routes.job(job)}>{job}</GoTo>
    </div>
  )
}

function Facts({ explanation }: { readonly explanation: ExplanationView }) {
  if (explanation.kind === 'recorded') {
    return (
      <>
        <EntryFacts entry={explanation.entry} />
        {explanation.later.length > 0 && (
          <KeyValue
            pairs={explanation.later.map((run, index) => [
              index === 0 ? words.later : '',
              <GoTo key={run.id} to={routes.run(run.id)}>
                {fates[fateOf(run)]}
              </GoTo>,
            ])}
          />
        )}
      </>
    )
  }
  if (explanation.kind === 'not-due') {
    return (
      <KeyValue
        pairs={[
          [words.previous, <Time key="previous" at={explanation.previous_due_at} as="absolute" />],
          [words.next, <Time key="next" at={explanation.next_due_at} as="absolute" />],
        ]}
      />
    )
  }
  const calendar = explanation.kind === 'foreseen' ? explanation.foreseen.calendar : null
  return (
    <KeyValue
      pairs={[
        [words.due, <Time key="due" at={explanation.at} as="absolute" />],
        ...(calendar === null ? [] : [[words.calendar, calendar] as const]),
      ]}
    />
  )
}

function EntryFacts({ entry }: { readonly entry: LedgerEntryView }) {
  if (entry.kind === 'unrun') {
    const isRange = entry.due_count > 1
    return (
      <KeyValue
        pairs={[
          [words.due, <Time key="due" at={entry.scheduled_for} as="absolute" />],
          ...(isRange
            ? [
                [words.through, <Time key="through" at={entry.through} as="absolute" />] as const,
                [words.count, formatNumber(entry.due_count)] as const,
              ]
            : []),
          [words.settled, <Time key="settled" at={entry.settled_at} as="absolute" />],
        ]}
      />
    )
  }
  return (
    <KeyValue
      pairs={[
        [words.due, <Time key="due" at={entry.scheduled_for} as="absolute" />],
        [words.started, <Time key="started" at={entry.started_at} as="absolute" />],
        [words.lateness, formatDuration(entry.lateness_ms)],
        [words.duration, formatDuration(entry.duration_ms)],
        [words.attempt, formatNumber(entry.attempt)],
        [
          words.instance,
          <span key="instance" class="mono">
            {entry.instance}
          </span>,
        ],
        ...(entry.error
          ? [
              [
                words.error,
                <span key="error" class="audit-error">
                  <code>{entry.error.code}</code> {entry.error.message}
                </span>,
              ] as const,
            ]
          : []),
      ]}
    />
  )
}

function RunByHand({ run, scheduler }: { readonly run: string; readonly scheduler: string }) {
  const found = useResource(`run ${run}`, (api) => api.admin.run(run), {
    scheduler,
    refreshOn: { view: 'admin' },
    countNew: () => 0,
  })
  return (
    <ResourceView resource={found} rows={5}>
      {(entry) => (
        <div class="stack">
          <Head fate={fateOf(entry)} job={entry.job} />
          <p class="audit-sentence" role="status">
            {words.manual}
          </p>
          <EntryFacts entry={entry} />
          <GoTo to={routes.run(entry.id)}>{words.run}</GoTo>
        </div>
      )}
    </ResourceView>
  )
}

function fateOfExplanation(explanation: ExplanationView): Fate | null {
  switch (explanation.kind) {
    case 'recorded':
      return fateOf(explanation.entry)
    case 'pending':
      return 'pending'
    case 'foreseen':
      return 'coming'
    case 'unknown':
      return explanation.reason === 'unexplained' ? 'unexplained' : null
    case 'not-due':
      return null
  }
}
