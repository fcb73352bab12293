import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Metric } from '../../../ui/metric.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { State } from '../../../ui/state.tsx'
import { Table } from '../../../ui/table.tsx'
import { Time } from '../../../ui/time.tsx'
import { Bar } from './bar.tsx'
import { Measured } from './measured.tsx'
import { toPool } from './to-uptime.ts'

interface PanelProps {
  readonly status: AdminStatusV2
  readonly scheduler: string
}

/** How fast the store answers, and how many of its connections are taken. */
export function StorePanel({ status: { store }, scheduler }: PanelProps) {
  const words = strings.resources.store
  const about = { scheduler, view: 'admin' } as const
  const pool = toPool(store.pool)
  return (
    <Panel title={words.title} aside={pool && pool.waiting > 0 && <State state="late">{words.starved}</State>}>
      <div class="metrics">
        <Measured {...about} id="store_read_ms" label={words.read} value={store.read_ms} format={formatDuration} />
        {pool && (
          <>
            <Metric {...about} id="pool_size" label={words.size}>
              {formatNumber(pool.size)}
            </Metric>
            <Metric {...about} id="pool_idle" label={words.idle}>
              {formatNumber(pool.idle)}
            </Metric>
            <Metric
              {...about}
              id="pool_waiting"
              label={words.waiting}
              {...(pool.waiting > 0 && { tone: 'late' as const })}
            >
              {formatNumber(pool.waiting)}
            </Metric>
          </>
        )}
      </div>
      {pool ? (
        <Bar
          isTold
          label={words.meter(formatNumber(pool.busy), formatNumber(pool.size))}
          parts={[{ id: 'busy', value: pool.busy, tone: pool.waiting > 0 ? 'late' : 'accent' }]}
          of={pool.size}
        />
      ) : (
        <p class="field-hint">{words.noPool}</p>
      )}
    </Panel>
  )
}

/** The units of work with a session of their own, and those that hold one now. */
export function SessionsPanel({ status: { sessions }, scheduler }: PanelProps) {
  const words = strings.resources.sessions
  const about = { scheduler, view: 'admin' } as const
  const { held, open } = sessions
  return (
    <Panel title={words.title}>
      <div class="metrics">
        <Metric {...about} id="sessions_open" label={words.open}>
          {formatNumber(open)}
        </Metric>
        <Metric {...about} id="sessions_opened" label={words.opened}>
          {formatNumber(sessions.opened)}
        </Metric>
        <Metric {...about} id="sessions_closed" label={words.closed}>
          {formatNumber(sessions.closed)}
        </Metric>
        <Metric {...about} id="sessions_longest_open_ms" label={words.longest}>
          {formatDuration(sessions.longest_open_ms)}
        </Metric>
      </div>
      {held.length === 0 ? (
        <p class="field-hint">{words.none}</p>
      ) : (
        <Table
          label={words.held}
          rows={held.map((session, index) => ({ ...session, key: `${index} ${session.unit}` }))}
          keyOf={({ key }) => key}
          columns={[
            { id: 'unit', title: words.unit, cell: ({ unit }) => <span class="mono">{unit}</span> },
            { id: 'age', title: words.age, cell: ({ opened_at }) => <Time at={opened_at} /> },
          ]}
        />
      )}
      {open > held.length && held.length > 0 && (
        <p class="field-hint">{words.more(formatNumber(open - held.length))}</p>
      )}
    </Panel>
  )
}
