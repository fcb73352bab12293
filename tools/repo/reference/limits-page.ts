import type { Limit, LimitsOf } from './read-limits.ts'

/** docs/reference/limits.md. */
export function limitsPage(sections: readonly LimitsOf[]): string {
  return `${[INTRODUCTION, ...sections.map(sectionOf)].join('\n\n')}\n`
}

/** A number as one reads it: `2^53 - 1`, `10^12`, `1,000`. */
export function numberInWords(value: number): string {
  const power = Math.log2(value + 1)
  if (power > 20 && Number.isInteger(power)) return `2^${power} - 1`
  const ten = Math.log10(value)
  return ten > 6 && Number.isInteger(ten) ? `10^${ten}` : value.toLocaleString('en-US')
}

const INTRODUCTION = `# Limits

Nothing that one handler, host or client hands over may end what others read. So every number is bounded where it comes in
and stops where it is summed, and every text that is kept has a limit. What is refused is refused at the call that hands
it over; a handler may catch that error, and goes on.

Nothing that a handler hands over keeps its run from settling: getters and proxies that throw, cyclic or huge values,
errors that are none, millions of reports.

This page is generated from \`packages/scheduler-core/src/limits.ts\`: \`pnpm docs:reference\` writes it.`

function sectionOf({ title, limits }: LimitsOf): string {
  return `## ${title}\n\n${[HEAD, ...limits.map(rowOf)].join('\n')}`
}

const HEAD = '| what | at most | beyond, and why |\n| --- | --- | --- |'

function rowOf({ what, most, beyond }: Limit): string {
  return `| ${[what, numberInWords(most), beyond].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
