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
import { INSTANCE_FACTS, type InstanceFact, type InstanceRow } from './to-instances.ts'

const words = strings.instances

/** The columns of the instances; those of facts that no instance has are left out. */
export function instanceColumns(rows: readonly InstanceRow[]): readonly Column<InstanceRow>[] {
  const facts = INSTANCE_FACTS.filter((fact) => rows.some((row) => row.facts[fact] !== undefined))
  return [...COLUMNS, ...facts.map(factColumn), RUNS]
}

const COLUMNS: readonly Column<InstanceRow>[] = [
  {
    id: 'id',
    title: words.id,
    cell: ({ id, isCurrent }) => (
      <span class="instance-id">
        <span class="mono">{id}</span>
        {isCurrent && <Badge>{words.current}</Badge>}
      </span>
    ),
  },
  {
    id: 'state',
    title: words.state,
    cell: ({ state }) => <State state={stateOfInstance(state)}>{words.states[state]}</State>,
  },
  { id: 'heartbeat', title: words.heartbeat, cell: ({ heartbeatAt }) => <Time at={heartbeatAt} /> },
  { id: 'started', title: words.started, cell: ({ startedAt }) => <Time at={startedAt} /> },
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
      return typeof value === 'number' ? formatNumber(value) : (value ?? strings.kit.none)
    },
  }
}
