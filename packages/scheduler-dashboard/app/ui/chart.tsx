import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { formatInstant } from '../format/instants.ts'
import { useNow } from '../format/use-now.ts'
import { useZone } from '../format/use-zone.ts'
import { strings } from '../strings/index.ts'
import { Button } from './button.tsx'
import type { ChartPictureProps } from './chart-picture.tsx'
import { Loading } from './messages.tsx'
import { Table } from './table.tsx'

export interface ChartSeries {
  readonly label: string
  /** A value for each time; `null` is a gap. */
  readonly values: readonly (number | null)[]
  /** A colour token, such as `accent` (default), `ok`, `late`, `failed`, `paused`. */
  readonly token?: string
  /** `stack`: bars upon the bars of the series after. */
  readonly kind?: 'line' | 'bars' | 'stack'
}

export interface ChartProps {
  readonly title: string
  /** Instants in milliseconds, ascending. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly format: (value: number | null) => string
  /** In pixels (default 200). */
  readonly height?: number
  /** Charts of one name share their cursor. */
  readonly cursor?: string
  /** Values before this instant are not known: the chart is shaded up to it. */
  readonly knownFromMs?: number | null
}

/** Values over time as a picture, with the same as a table behind a button. uPlot is loaded with the first chart. */
export function Chart(props: ChartProps) {
  const [isTable, setTable] = useState(false)
  const words = strings.kit.chart
  return (
    <figure class="chart" aria-label={props.title}>
      <div class="spread">
        <h3>{props.title}</h3>
        <Button tone="quiet" onClick={() => setTable(!isTable)}>
          {isTable ? words.picture : words.table}
        </Button>
      </div>
      {isTable ? <ChartTable {...props} /> : <Picture {...props} />}
    </figure>
  )
}

function Picture(props: ChartProps) {
  const [Loaded, setLoaded] = useState<ComponentType<ChartPictureProps> | null>(null)
  const zone = useZone()
  useEffect(() => {
    let isHere = true
    void import('./chart-picture.tsx').then(({ ChartPicture }) => isHere && setLoaded(() => ChartPicture))
    return () => {
      isHere = false
    }
  }, [])
  return Loaded ? <Loaded {...props} zone={zone} /> : <Loading rows={3} />
}

function ChartTable({ title, times, series, format }: ChartProps) {
  const nowMs = useNow()
  const zone = useZone()
  const rows = times.map((atMs, index) => ({ atMs, index })).reverse()
  const columns = [
    {
      id: 'time',
      title: strings.kit.chart.time,
      cell: ({ atMs }: (typeof rows)[number]) => formatInstant(atMs, { nowMs, zone }),
    },
    ...series.map(({ label, values }) => ({
      id: label,
      title: label,
      align: 'end' as const,
      cell: ({ index }: (typeof rows)[number]) => format(values[index] ?? null),
    })),
  ]
  return <Table label={title} columns={columns} rows={rows} keyOf={({ atMs }) => String(atMs)} />
}
