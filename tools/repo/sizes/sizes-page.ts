import type { EntrySize, ProgramSize } from './measure.ts'

/** docs/reference/sizes.md. Sizes are in units of 1,000 bytes. */
export function sizesPage(entries: readonly EntrySize[], programs: readonly ProgramSize[]): string {
  return `# Sizes

Written by \`pnpm check:sizes --write\` from the built packages. Each size is that of a program that esbuild bundles and minifies, gzipped, in KB
(1,000 bytes). CI fails when a program is larger than its budget.

## Budgets

${table(
  ['program', 'KB', 'budget'],
  programs.map(({ what, size, limit }) => [what, inKb(size), inKb(limit)]),
)}

Programs for Node are measured without the packages of others, and pages with all that they load.

## Entries

A program that imports everything of one entry:

- **own**: what its own package has of it.
- **with ours**: and what it needs of our other packages.
- **with dependencies**: and of the packages of others that it brings. Peers, such as Express and TypeORM, are the host's.

${table(
  ['entry', 'own', 'with ours', 'with dependencies'],
  entries.map(({ entry, own, ours, all }) => [`\`${entry}\``, inKb(own), inKb(ours), inKb(all)]),
)}
`
}

/** The rows that only one of the pages has, and those whose sizes differ by more than the share that may go unnoticed. */
export function outdatedRows(page: string, newer: string, share: number): string[] {
  const known = rowsOf(page)
  const measured = rowsOf(newer)
  const moved = [...measured].filter(([name, sizes]) =>
    sizes.some((size, index) => isFar(size, known.get(name)?.[index], share)),
  )
  return [...moved.map(([name]) => name), ...[...known.keys()].filter((name) => !measured.has(name))]
}

function isFar(size: number, known: number | undefined, share: number): boolean {
  return known === undefined || Math.abs(size - known) > Math.max(known * share, 0.2)
}

function rowsOf(page: string): Map<string, number[]> {
  const rows = [...page.matchAll(/^\| (?<name>\S.*?) +\| (?<sizes>[ \d.|]+) \|$/gm)]
  return new Map(rows.map(({ groups }) => [groups?.['name'] ?? '', (groups?.['sizes'] ?? '').split('|').map(Number)]))
}

function inKb(bytes: number): string {
  return (bytes / 1_000).toFixed(1)
}

/** A table of Markdown as formatters write it: the first column to the left, numbers to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? title.length)),
  )
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}
