import type { Bench } from '../bench.ts'
import { valueText } from '../report/circumstances.ts'
import { COMMON_OPTIONS } from './read-command.ts'

/** The benches, a line each. */
export function listText(benches: readonly Bench[]): string {
  return lines(benches.map(({ name, measures, minutes }) => [name, `${measures} (${minutesText(minutes)})`]))
}

/** How the command is used, or one bench. */
export function helpText(bench: Bench | null, all: readonly Bench[]): string {
  const common = lines(Object.entries(COMMON_OPTIONS).map(([name, { is }]) => [`--${name}`, is]))
  if (bench === null) {
    const minutes = all.reduce((sum, each) => sum + each.minutes, 0)
    return [
      `pnpm bench [name ...] [options]    measures; without a name all benches, one after another (${minutesText(minutes)})`,
      'pnpm bench readme                  writes bench/README.md and the plots from the results that are kept',
      'pnpm bench <name> --help           the options of a bench',
      `\nBenches:\n${listText(all)}`,
      `\nOptions of all:\n${common}`,
    ].join('\n')
  }
  const own = Object.entries(bench.options).map(([name, option]) => {
    return [
      `--${name}`,
      `${option.is} (${valueText(option.default)}; with --quick ${valueText(option.quick)})`,
    ] as const
  })
  return [
    `pnpm bench ${bench.name} [options]    ${bench.measures} (${minutesText(bench.minutes)})`,
    ...(own.length > 0 ? [`\nIts options:\n${lines(own)}`] : []),
    `\nOptions of all:\n${common}`,
  ].join('\n')
}

function minutesText(minutes: number): string {
  const rounded = Math.round(minutes)
  return rounded < 1 ? 'under a minute' : rounded === 1 ? 'about a minute' : `about ${rounded} minutes`
}

function lines(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n')
}
