import type { ExplanationView, LedgerEntryView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'
import { Time } from '../../../ui/time.tsx'
import { fateOf } from './fates.ts'

const { why: words, fates } = strings.audit

/** What is known of a due time beside its sentence. */
export function WhyFacts({ explanation }: { readonly explanation: ExplanationView }) {
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
  if (explanation.kind === 'not-defined') {
    return (
      <KeyValue
        pairs={[
          [words.undefinedFrom, <Time key="from" at={explanation.from} as="absolute" />],
          [words.undefinedTo, <Time key="to" at={explanation.to} as="absolute" none={words.notSince} />],
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

/** An entry of the ledger, as names and values. */
export function EntryFacts({ entry }: { readonly entry: LedgerEntryView }) {
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
        ...(entry.queued_at === null
          ? []
          : [
              [words.queued, <Time key="queued" at={entry.queued_at} as="absolute" />] as const,
              [words.queueWait, formatDuration(entry.queue_wait_ms)] as const,
            ]),
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
