import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

import type { Axis, Plot as PlotTerms } from '../bench.ts'
import { figure, numberOf } from '../report/figure.ts'
import type { Table } from '../result.ts'
import { spreadLabels } from './spread-labels.ts'

interface Point {
  readonly x: number
  readonly y: number
  readonly series: string
}

const WIDTH = 760
const HEIGHT = 420
const MARGIN = { top: 68, right: 210, bottom: 48, left: 72 }

/** A curve for each series of a table, as an SVG that can be read on light and on dark pages. */
export function renderPlot(plot: PlotTerms, table: Table): string {
  const points = pointsOf(plot, table)
  const names = seriesOf(points)
  const colours = coloursOf(names)
  const { document } = parseHTML('<html><body></body></html>')
  const ours = points.filter(({ series }) => isOurs(series))
  const channels = { x: 'x', y: 'y', stroke: 'series', z: 'series' } as const
  const drawn = Plot.plot({
    document,
    width: WIDTH,
    height: HEIGHT,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    x: {
      ...axisOf(
        plot.x,
        points.map(({ x }) => x),
      ),
      label: plot.x.label,
      labelAnchor: 'center',
    },
    y: {
      ...axisOf(
        plot.y,
        points.map(({ y }) => y),
      ),
      label: null,
      grid: true,
    },
    color: { type: 'categorical', domain: names, range: colours },
    marks: [
      Plot.line(points, { ...channels, strokeWidth: 1.5 }),
      Plot.line(ours, { ...channels, strokeWidth: 3 }),
      Plot.dot(points, { x: 'x', y: 'y', fill: 'series', r: 3.5 }),
    ],
  })
  const scale = drawn.scale('y')
  const labels = names.map((name, index) => {
    const last = points
      .filter(({ series }) => series === name)
      .toSorted((a, b) => a.x - b.x)
      .at(-1)
    return { name, colour: colours[index] ?? FLOOR_COLOUR, at: Number(scale?.apply(last?.y ?? 0)) }
  })
  return toSvg(drawn.innerHTML, { plot, labels: labelsText(labels) })
}

function pointsOf({ x, y, series }: PlotTerms, { rows }: Table): readonly Point[] {
  return rows.flatMap((row) => {
    const [across, up, name] = [numberOf(row[x.column]), numberOf(row[y.column]), row[series]]
    // A contender beside itself says how far to trust the others, and is no curve.
    if (across === null || up === null || typeof name !== 'string' || name.endsWith(' again')) return []
    return isPlaceable(x, across) && isPlaceable(y, up) ? [{ x: across, y: up, series: name }] : []
  })
}

/** Nothing at or below 0 has a place on a logarithmic axis. */
function isPlaceable({ scale }: Axis, value: number): boolean {
  return scale === 'linear' || value > 0
}

/** Ours first and the floor last, so that each has the same colour in every plot. */
function seriesOf(points: readonly Point[]): readonly string[] {
  const names = [...new Set(points.map(({ series }) => series))]
  return names.toSorted((a, b) => rankOf(a) - rankOf(b))
}

function rankOf(name: string): number {
  return isOurs(name) ? 0 : isFloor(name) ? 2 : 1
}

function isFloor(series: string): boolean {
  return /^(bare|buffer)/.test(series)
}

function coloursOf(names: readonly string[]): readonly string[] {
  return names.map((name, index) => (isFloor(name) ? FLOOR_COLOUR : (COLOURS[index % COLOURS.length] ?? FLOOR_COLOUR)))
}

function isOurs(series: string): boolean {
  return !series.startsWith('before') && /^(ours|through|sharing)/.test(series)
}

const MOST_NAMED_TICKS = 6

/** A linear axis begins at 0; a logarithmic one at the power of ten below the least, and has a line for each. */
function axisOf({ scale }: Axis, values: readonly number[]) {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const distinct = [...new Set(values)]
  const isFew = distinct.length <= MOST_NAMED_TICKS && distinct.every(Number.isInteger)
  const common = { type: scale, labelArrow: 'none', tickFormat: figure } as const
  if (scale === 'linear') return { ...common, domain: [0, most], nice: true, ticks: isFew ? [0, ...distinct] : 5 }
  const [from, to] = [Math.floor(Math.log10(least)), Math.floor(Math.log10(most))]
  const decades = Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index))
  const domain = [10 ** from, Math.max(most, 10 ** (from + 1))]
  return { ...common, domain, ticks: isFew && decades.length < 3 ? distinct : decades }
}

interface Label {
  readonly name: string
  readonly colour: string
  readonly at: number
}

/** The names of the curves, each where its curve ends. */
function labelsText(labels: readonly Label[]): string {
  const places = spreadLabels(
    labels.map(({ at }) => at),
    { least: 15, from: MARGIN.top, to: HEIGHT - MARGIN.bottom },
  )
  return labels
    .map(({ name, colour }, index) => {
      const place = `x="${WIDTH - MARGIN.right + 12}" y="${Math.round((places[index] ?? 0) + 4)}"`
      return `<text ${place} fill="${colour}">${escaped(name.replaceAll('`', ''))}</text>`
    })
    .join('')
}

function toSvg(drawn: string, { plot, labels }: { readonly plot: PlotTerms; readonly labels: string }): string {
  // The styles that come with it say what is said here.
  const body = drawn.replace(/<style>[\s\S]*?<\/style>/, '')
  const title = escaped(plot.title)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>${STYLE}</style>
<text x="8" y="20" class="title">${title}</text>
<text x="8" y="42" class="axis">${escaped(plot.y.label)}</text>
<g fill="currentColor" text-anchor="middle">${body}</g>
${labels}
</svg>
`
}

/** Each is readable on white and on black. */
const COLOURS = ['#3b82f6', '#e8710a', '#1f9d55', '#d6336c', '#8f5be8', '#0e9aa7', '#a0701f']
const FLOOR_COLOUR = '#7d8590'

const STYLE = `svg{font:13px system-ui,sans-serif;color:#1f2328}text{white-space:pre}.title,.axis{fill:currentColor}.title{font-size:16px;font-weight:600}
@media(prefers-color-scheme:dark){svg{color:#e6edf3}}`

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
