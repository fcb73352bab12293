import type { Bench } from '../bench.ts'
import type { BenchResult } from '../result.ts'
import { circumstances } from './circumstances.ts'
import { judge } from './judge.ts'
import { markdownTable } from './markdown-table.ts'

/** A result as text for a terminal. */
export function resultText(bench: Bench, result: BenchResult): string {
  const tables = result.tables.map((table) => `${table.title}\n\n${markdownTable(table)}\n`)
  const targets = bench.targets.map((target) => {
    const { isReached, reached } = judge(target, result)
    return `  ${isReached === null ? '?  ' : isReached ? 'yes' : 'no '}  ${target.says}: ${reached}`
  })
  return [`\n## ${bench.name}: ${bench.measures}\n`, `${circumstances(result)}\n`, ...tables, ...targets].join('\n')
}
