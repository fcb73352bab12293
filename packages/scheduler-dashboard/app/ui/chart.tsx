import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { formatInstant } from '../format/instants.ts'
import { useNow } from '../format/use-now.ts'
import { useZone } from '../format/use-zone.ts'
import { strings } from '../strings/index.ts'
import { Button } from './button.tsx'
import type { ChartPictureProps, ChartProps } from './chart-props.ts'
import { Loading } from './messages.tsx'
import { Table } from './table.tsx'

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
