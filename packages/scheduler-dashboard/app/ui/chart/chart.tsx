import { useState } from 'preact/hooks'

import { formatInstant } from '../../format/instants.ts'
import { useNow } from '../../format/use-now.ts'
import { useZone } from '../../format/use-zone.ts'
import { strings } from '../../strings/index.ts'
import { Button } from '../button.tsx'
import { Table } from '../table.tsx'
import type { ChartProps } from './chart-props.ts'
import { ChartPicture } from './picture.tsx'

/** Values over time as a picture, with the same as a table behind a button. */
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
      {isTable ? <ChartTable {...props} /> : <ChartPicture {...props} />}
    </figure>
  )
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
