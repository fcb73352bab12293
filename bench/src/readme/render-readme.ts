import type { Bench } from '../bench.ts'
import { circumstances } from '../report/circumstances.ts'
import { judge } from '../report/judge.ts'
import { markdownTable } from '../report/markdown-table.ts'
import type { BenchResult } from '../result.ts'

export interface ReadmeParts {
  readonly intro: string
  readonly benches: readonly BenchPart[]
}

export interface BenchPart {
  readonly bench: Bench
  /** What it measures, and what its columns cannot tell. */
  readonly about: string
  /** `null` of a bench that was never run. */
  readonly result: BenchResult | null
}

/** bench/README.md, out of what is written about each bench and what it found last. */
export function renderReadme({ intro, benches }: ReadmeParts): string {
  return `${[intro.trim(), overview(benches), ...benches.map(section), targetsTable(benches)].join('\n\n')}\n`
}

function overview(benches: readonly BenchPart[]): string {
  const columns = [
    { key: 'name', title: 'bench' },
    { key: 'measures', title: 'measures' },
    { key: 'minutes', title: 'takes about', unit: 'min' },
  ]
  const rows = benches.map(({ bench: { name, measures, minutes } }) => ({
    name: `[${name}](#${name})`,
    measures,
    minutes,
  }))
  return markdownTable({ columns, rows })
}

function section({ bench, about, result }: BenchPart): string {
  const tables = result?.tables.map((table) => `### ${table.title}\n\n${markdownTable(table)}`) ?? []
  const found = result === null ? ['It has no result yet.'] : [`_${circumstances(result)}_`, ...tables]
  return [`## ${bench.name}`, `${toSentence(bench.measures)}`, about.trim(), ...found].join('\n\n')
}

function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

function targetsTable(benches: readonly BenchPart[]): string {
  const columns = ['bench', 'target', 'reached', 'measured'].map((key) => ({ key, title: key }))
  const rows = benches.flatMap(({ bench, result }) =>
    bench.targets.map((target) => {
      const { isReached, reached } = judge(target, result)
      const verdict = isReached === null ? 'not measured' : isReached ? '**yes**' : '**no**'
      const rough = isReached !== null && result?.isQuick ? ', in a short run' : ''
      return { bench: bench.name, target: target.says, reached: `${verdict}${rough}`, measured: reached }
    }),
  )
  return `## Against the targets\n\n${markdownTable({ columns, rows })}`
}
