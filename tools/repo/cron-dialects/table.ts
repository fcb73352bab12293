import { isSchedulerError } from '../../../packages/scheduler-core/src/errors.ts'
import { cron } from '../../../packages/scheduler-core/src/schedule/cron.ts'
import { ours, readingOf } from './compare.ts'
import { DOCUMENTED } from './documented-peers.ts'
import { CLOCK_ROWS, PATTERN_ROWS, REFUSED, type Row } from './rows.ts'

/** What the npm packages answered when they were last run. */
export interface NpmColumns {
  readonly date: string
  readonly node: string
  readonly peers: readonly NpmColumn[]
}

export interface NpmColumn {
  readonly name: string
  readonly version: string
  /** The zone that a pattern without one is read in. */
  readonly zone: string
  /** In the order of the rows. */
  readonly cells: readonly string[]
}

/** Both tables and their notes, as the page of the dialect has them. */
export function dialectTables({ date, node, peers }: NpmColumns): string {
  const columns = [
    ...peers.map(({ name, version, zone, cells }) => ({ title: `${name} ${version}`, zone, cells })),
    ...DOCUMENTED.map(({ title, version, zone, cells }) => ({ title: `${title} (${version})`, zone, cells })),
  ]
  const head = ['pattern', 'meant', '**ours**', ...columns.map(({ title }) => title)]
  const rowsOf = (rows: readonly Row[], offset: number) =>
    rows.map((row, index) => [
      `\`${row.pattern}\``,
      row.about,
      `**${ourCell(row)}**`,
      ...columns.map(({ cells }) => cells[offset + index] ?? '?'),
    ])
  const zones = ['no zone given', '12:00 of which zone', '**UTC**', ...columns.map(({ zone }) => zone)]
  const sources = DOCUMENTED.map(({ title, version, sources }) => `- ${title} (${version}): ${sources.join('; ')}.`)
  return [
    table(head, rowsOf(PATTERN_ROWS, 0)),
    'When clocks change, in Europe/Berlin on 29 March and 25 October 2026, and in Africa/Cairo on 28 April 2023:',
    table(head, [...rowsOf(CLOCK_ROWS, PATTERN_ROWS.length), zones]),
    `The npm packages were run on ${date} with Node ${node}. The last four columns come from documents, read on 29 November 2026; those that were run say so here:`,
    sources.join('\n'),
  ].join('\n\n')
}

/** Our reading; a refusal with its replacement. */
function ourCell(row: Row): string {
  const reading = readingOf(row, ours)
  return reading === REFUSED ? `${REFUSED}: ${replacementOf(row.pattern)}` : reading
}

function replacementOf(pattern: string): string {
  try {
    cron(pattern)
  } catch (error) {
    if (!isSchedulerError(error, 'INVALID_OPTIONS')) throw error
    return (error.details.suggestion ?? '')
      .split(' and ')
      .map((each) => `\`${each}\``)
      .join(', ')
  }
  throw new Error(`${pattern} is taken`)
}

/** With columns of one width, as the formatter leaves them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((cells) => cells[column]?.length ?? 0)))
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...rows]
    .map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n')
}

const BEGIN = '<!-- The tables are generated: tools/repo/cron-dialects.ts -->'
const END = '<!-- end of the generated tables -->'

/** The page with the tables between its two marks. */
export function withTables(page: string, tables: string): string {
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (before === -1 || after === -1) throw new Error('The page has lost its marks')
  return `${page.slice(0, before)}${BEGIN}\n\n${tables}\n\n${page.slice(after)}`
}
