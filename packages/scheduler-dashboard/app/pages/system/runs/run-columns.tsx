import type { LedgerEntryView, RunView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import type { CellPlace, Column } from '../../../ui/column.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { State } from '../../../ui/state.tsx'
import { stateOfEntry, wordOfEntry } from '../../../ui/state-of.ts'
import { Time } from '../../../ui/time.tsx'
import { firstLineOf, itemsInWords } from './to-run-words.ts'

/** The columns of runs, and of due times that did not run. */
export function runColumns({ withJob }: { readonly withJob: boolean }): readonly Column<LedgerEntryView>[] {
  const { columns: words, help } = strings.runs
  const job: Column<LedgerEntryView> = {
    id: 'job',
    title: words.job,
    width: 'minmax(10rem, 1.4fr)',
    cell: (entry) => (
      <span class="job-name" title={entry.job}>
        <strong>{entry.job}</strong>
      </span>
    ),
  }
  return [
    ...(withJob ? [job] : []),
    { id: 'state', title: words.state, width: '9rem', cell: stateCell },
    {
      id: 'due',
      title: words.due,
      width: '11rem',
      cell: ({ scheduled_for }, { isCurrent }) => (
        <Time at={scheduled_for} as="absolute" none={strings.runs.byHand} isTabStop={isCurrent} />
      ),
    },
    {
      id: 'started',
      title: words.started,
      width: '9.5rem',
      cell: (entry, { isCurrent }) => (entry.kind === 'run' ? startCell(entry, isCurrent) : none()),
    },
    number({ id: 'lateness', help: help.lateness, width: '6.5rem' }, (entry) =>
      entry.kind === 'run' ? formatDuration(entry.lateness_ms) : null,
    ),
    number({ id: 'duration', help: help.duration, width: '7rem' }, (entry) =>
      entry.kind === 'run' ? formatDuration(entry.duration_ms) : null,
    ),
    number({ id: 'attempt', help: help.attempt, width: '4rem' }, (entry) =>
      entry.kind === 'run' ? formatNumber(entry.attempt) : null,
    ),
    {
      id: 'items',
      title: words.items,
      help: help.items,
      width: 'minmax(7rem, 1fr)',
      cell: (entry) => (entry.kind === 'run' ? <Clipped text={itemsInWords(entry.items)} /> : none()),
    },
    {
      id: 'error',
      title: words.error,
      width: 'minmax(12rem, 2.5fr)',
      cell: (entry) => <Clipped text={firstLineOf(entry)} />,
    },
  ]
}

/** When it began; of one that waits in a queue, since when it does. */
function startCell({ state, started_at, queued_at }: RunView, isTabStop: boolean) {
  if (state !== 'queued') return <Time at={started_at} none={strings.runs.neverBegan} isTabStop={isTabStop} />
  return (
    <span class="muted">
      {strings.runs.queuedSince} <Time at={queued_at} isTabStop={isTabStop} />
    </span>
  )
}

function stateCell(entry: LedgerEntryView, { isCurrent }: CellPlace) {
  return (
    <span class="run-link">
      <GoTo to={routes.run(entry.id)} isTabStop={isCurrent}>
        <State state={stateOfEntry(entry)}>{wordOfEntry(entry)}</State>
      </GoTo>
    </span>
  )
}

function number(
  {
    id,
    help,
    width,
  }: { readonly id: 'lateness' | 'duration' | 'attempt'; readonly help: string; readonly width: string },
  toText: (entry: LedgerEntryView) => string | null,
): Column<LedgerEntryView> {
  return {
    id,
    title: strings.runs.columns[id],
    help,
    align: 'end',
    width,
    cell: (entry) => toText(entry) ?? none(),
  }
}

function none() {
  return <span class="muted">{strings.kit.none}</span>
}

/** One line; the whole of it on hover. */
function Clipped({ text }: { readonly text: string }) {
  return (
    <span class="clipped" title={text}>
      {text}
    </span>
  )
}
