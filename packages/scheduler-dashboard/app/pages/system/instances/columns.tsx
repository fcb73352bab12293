import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import type { Column } from '../../../ui/column.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { State } from '../../../ui/state.tsx'
import { stateOfInstance } from '../../../ui/state-of.ts'
import { Time } from '../../../ui/time.tsx'
import { Bar } from '../resources/bar.tsx'
import { RunningNow } from './running-now.tsx'
import { INSTANCE_FACTS, type InstanceFact, type InstanceRow } from './to-instances.ts'
import type { RunningJob } from './to-running.ts'

const words = strings.instances

export interface InstanceColumnsOptions {
  readonly rows: readonly InstanceRow[]
  /** Whether workers execute the runs: then their places, messages and work are told. */
  readonly hasQueue: boolean
  /** What each executes now; `null` until it is known. */
  readonly running: ReadonlyMap<string, readonly RunningJob[]> | null
}

/** The columns of the instances; those of facts that no instance has are left out. */
export function instanceColumns({ rows, hasQueue, running }: InstanceColumnsOptions): readonly Column<InstanceRow>[] {
  const facts = INSTANCE_FACTS.filter((fact) => rows.some((row) => row.facts[fact] !== undefined))
  if (!hasQueue) return [ID, ...LIFE, ...SHARES, ...facts.map(factColumn), RUNS]
  const others = facts.filter((fact) => fact !== 'role').map(factColumn)
  return [ID, factColumn('role'), ...workColumns(running), ...LIFE, MESSAGES, ...others, RUNS]
}

const ID: Column<InstanceRow> = {
  id: 'id',
  title: words.id,
  cell: ({ id, isCurrent }) => (
    <span class="instance-id">
      <span class="mono">{id}</span>
      {isCurrent && <Badge>{words.current}</Badge>}
    </span>
  ),
}

const LIFE: readonly Column<InstanceRow>[] = [
  {
    id: 'state',
    title: words.state,
    cell: ({ state }) => <State state={stateOfInstance(state)}>{words.states[state]}</State>,
  },
  { id: 'heartbeat', title: words.heartbeat, cell: ({ heartbeatAt }) => <Time at={heartbeatAt} /> },
  { id: 'started', title: words.started, cell: ({ startedAt }) => <Time at={startedAt} /> },
]

/** Where no worker is, the instances are told apart by their share. */
const SHARES: readonly Column<InstanceRow>[] = [
  { id: 'running', title: words.runningRuns, align: 'end', cell: ({ running }) => formatNumber(running) },
  {
    id: 'share',
    title: words.share,
    cell: ({ sharePct }) =>
      sharePct === null ? (
        <span class="muted">{strings.kit.none}</span>
      ) : (
        <Bar
          label={words.shareOf(formatPercent(sharePct))}
          parts={[{ id: 'share', value: sharePct, tone: 'accent' }]}
          of={100}
        />
      ),
  },
]

/** What each has to do now. */
function workColumns(running: InstanceColumnsOptions['running']): readonly Column<InstanceRow>[] {
  return [
    { id: 'load', title: words.runningOf, cell: (row) => <Load row={row} /> },
    {
      id: 'now',
      title: words.now,
      cell: ({ id, concurrency }) =>
        running === null || concurrency === 0 ? (
          <span class="muted">{strings.kit.none}</span>
        ) : (
          <RunningNow instance={id} jobs={running.get(id) ?? []} />
        ),
    },
  ]
}

const MESSAGES: Column<InstanceRow> = {
  id: 'messages',
  title: words.messages,
  help: words.messagesHelp,
  align: 'end',
  cell: ({ messages }) =>
    messages === null ? strings.kit.none : `${formatNumber(messages.dropped)} / ${formatNumber(messages.left)}`,
}

/** How many of its places are taken. */
function Load({ row: { running, concurrency } }: { readonly row: InstanceRow }) {
  if (concurrency === 0) return <span class="muted">{words.handsOver}</span>
  const told = words.loadOf(formatNumber(running), concurrency === null ? words.noLimit : formatNumber(concurrency))
  return (
    <span class="instance-load">
      <span>
        {formatNumber(running)} / {concurrency === null ? words.noLimit : formatNumber(concurrency)}
      </span>
      {concurrency !== null && running !== null && (
        <Bar label={told} parts={[{ id: 'load', value: running, tone: 'accent' }]} of={concurrency} />
      )}
    </span>
  )
}

function isRole(value: string | number | undefined): value is keyof typeof words.roles {
  return typeof value === 'string' && Object.hasOwn(words.roles, value)
}

const RUNS: Column<InstanceRow> = {
  id: 'runs',
  title: words.runs,
  cell: ({ id }) => (
    <GoTo to={routes.runs({ instance: id })}>
      {words.runs}
      <span class="sr-only">: {id}</span>
    </GoTo>
  ),
}

function factColumn(fact: InstanceFact): Column<InstanceRow> {
  return {
    id: fact,
    title: words[fact],
    cell: ({ facts }) => {
      const value = facts[fact]
      if (fact === 'role' && isRole(value)) return words.roles[value]
      return typeof value === 'number' ? formatNumber(value) : (value ?? strings.kit.none)
    },
  }
}
