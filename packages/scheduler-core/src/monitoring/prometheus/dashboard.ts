import { type Declared, NOTHING_DECLARED } from '../../ports/declared.ts'
import { UNITS } from '../../reading/units.ts'
import { type Instrument, instrumentsWith } from '../instruments.ts'
import { JOBS_WITHOUT_SERIES } from '../job-series.ts'
import { LABELS } from '../labels.ts'
import { prometheusName } from '../names.ts'
import { prometheusNameOf } from './name-of.ts'

/**
 * A Grafana dashboard, as data, with a panel for each instrument of the table, and one for the jobs without series of their
 * own: import its JSON. Its head asks for the data source and the scheduler. `declared` is what the host's sources declare,
 * or its scheduler (default nothing).
 */
export function grafanaDashboard(declared: Declared = NOTHING_DECLARED): GrafanaDashboard {
  return {
    title: 'Scheduler',
    uid: 'pm-scheduler',
    tags: ['scheduler'],
    timezone: 'utc',
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
        {
          name: 'scheduler',
          label: 'Scheduler',
          type: 'query',
          datasource: DATA_SOURCE,
          query: `label_values(${prometheusNameOf('uptime_seconds')}, scheduler)`,
          refresh: 2,
          multi: true,
          includeAll: true,
        },
      ],
    },
    panels: [...instrumentsWith(declared).map(contentOf), LEFT_OUT].map(toPanel),
  }
}

/** Grafana's own JSON. */
export interface GrafanaDashboard {
  readonly title: string
  readonly uid: string
  readonly tags: readonly string[]
  readonly timezone: string
  readonly schemaVersion: number
  readonly refresh: string
  readonly time: { readonly from: string; readonly to: string }
  readonly templating: { readonly list: readonly DashboardVariable[] }
  readonly panels: readonly DashboardPanel[]
}

interface DashboardVariable {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly query: string
  readonly datasource?: DataSource
  readonly refresh?: number
  readonly multi?: boolean
  readonly includeAll?: boolean
}

interface DashboardPanel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description: string
  readonly datasource: DataSource
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly fieldConfig: {
    readonly defaults: { readonly unit: string; readonly min: number }
    readonly overrides: readonly never[]
  }
  readonly targets: readonly DashboardTarget[]
}

interface DashboardTarget {
  readonly refId: string
  readonly datasource: DataSource
  readonly expr: string
  readonly legendFormat: string
}

interface DataSource {
  readonly type: 'prometheus'
  readonly uid: string
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: that is how Grafana writes a variable.
const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' } as const satisfies DataSource
const PANELS_PER_ROW = 3
const WIDTH = 24 / PANELS_PER_ROW
const HEIGHT = 7
const MATCHING = `{${LABELS.scheduler}=~"$scheduler"}`

/** What a panel shows. */
interface PanelContent {
  readonly title: string
  readonly help: string
  readonly unit: string
  readonly queries: readonly { readonly expr: string; readonly legend: string }[]
}

function contentOf(instrument: Instrument): PanelContent {
  const { title, help } = instrument
  return { title, help, unit: grafanaUnit(instrument), queries: queriesOf(instrument) }
}

/** How many jobs stand in the numbers of their scheduler alone. */
const LEFT_OUT: PanelContent = {
  title: JOBS_WITHOUT_SERIES.title,
  help: JOBS_WITHOUT_SERIES.help,
  unit: 'short',
  queries: [{ expr: maxBy([LABELS.scheduler], JOBS_WITHOUT_SERIES.prometheus), legend: `{{${LABELS.scheduler}}}` }],
}

function toPanel({ title, help, unit, queries }: PanelContent, index: number): DashboardPanel {
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    description: help,
    datasource: DATA_SOURCE,
    gridPos: {
      x: (index % PANELS_PER_ROW) * WIDTH,
      y: Math.floor(index / PANELS_PER_ROW) * HEIGHT,
      w: WIDTH,
      h: HEIGHT,
    },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: queries.map(({ expr, legend }, at) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + at),
      datasource: DATA_SOURCE,
      expr,
      legendFormat: legend,
    })),
  }
}

/** Processes that share a store publish the same counts, so a query takes the maximum and never the sum. */
function queriesOf(instrument: Instrument): PanelContent['queries'] {
  const name = prometheusName(instrument)
  const by: readonly string[] = [LABELS.scheduler, ...(instrument.per === null ? [] : [LABELS[instrument.per]])]
  const legend = by.map((label) => `{{${label}}}`).join(' ')
  switch (instrument.kind) {
    case 'counter':
      return [{ expr: `max by (${by.join(', ')}) (rate(${name}${MATCHING}[$__rate_interval]))`, legend }]
    case 'gauge':
      return [{ expr: maxBy(by, name), legend }]
    case 'states':
      return [{ expr: maxBy([...by, LABELS.state], name), legend: `${legend} {{${LABELS.state}}}` }]
    case 'histogram':
      return [0.5, 0.95, 0.99].map((quantile) => ({
        expr: `histogram_quantile(${quantile}, max by (${[...by, LABELS.bound].join(', ')}) (rate(${name}_bucket${MATCHING}[$__rate_interval])))`,
        legend: `${legend} p${quantile * 100}`,
      }))
  }
}

function maxBy(labels: readonly string[], name: string): string {
  return `max by (${labels.join(', ')}) (${name}${MATCHING})`
}

function grafanaUnit({ kind, unit }: Instrument): string {
  const { base } = UNITS[unit]
  if (kind === 'counter') return 'cps'
  if (base === 'timestamp_seconds') return 'dateTimeFromNow'
  return base === null || base === 'ratio' ? 'short' : GRAFANA_UNITS[base]
}

const GRAFANA_UNITS = { seconds: 's', bytes: 'bytes' } as const
