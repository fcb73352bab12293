import type { Table } from '../result.ts'
import { cellText, headingOf } from './figure.ts'

/** A table as Markdown. Texts begin at the left, and figures end at the right. */
export function markdownTable({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const cells = [columns.map(headingOf), ...rows.map((row) => columns.map(({ key }) => cellText(row[key])))]
  const isText = columns.map(({ key }) => rows.every((row) => typeof (row[key] ?? '') === 'string'))
  const widths = columns.map((_, index) => Math.max(3, ...cells.map((line) => line[index]?.length ?? 0)))
  const pad = (text: string, index: number) =>
    isText[index] ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)
  const rule = widths.map((width, index) => (isText[index] ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const [head = [], ...body] = cells
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  return [line(head.map(pad)), line(rule), ...body.map((texts) => line(texts.map(pad)))].join('\n')
}
