/** Prints rows as a Markdown table, with a column for each key that any row has. */
export function printTable(title: string, rows: readonly Readonly<Record<string, string>>[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`
  console.log(`\n${title}\n`)
  console.log(line(columns))
  console.log(line(widths.map((width) => '-'.repeat(width))))
  for (const row of rows) console.log(line(columns.map((column) => row[column] ?? '')))
}

/** A number with about three significant digits, and thousands apart. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '-'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

/** How many times the floor. */
export function ratio(value: number, floor: number): string {
  return Number.isFinite(value / floor) ? `${figure(value / floor)}x` : '-'
}
