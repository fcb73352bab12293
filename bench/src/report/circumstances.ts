import type { BenchResult, OptionValue } from '../result.ts'

/** When, where and with what a result was measured. */
export function circumstances({ date, isQuick, seconds, options, machine, versions, builds }: BenchResult): string {
  const { cores, memoryGb, platform, load } = machine
  const took = seconds < 100 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
  const given = Object.entries(options).map(([name, value]) => `\`--${name} ${valueText(value)}\``)
  const parts = [
    isQuick ? `${date.slice(0, 10)}, a short run whose figures are rough` : date.slice(0, 10),
    `${took} on ${cores} cores with ${memoryGb} GB (${platform}), load ${load.join(' to ')}`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    builds.map(({ name, commit }) => `${name} is ${commit ?? 'not in git'}`).join(', '),
    given.join(' '),
  ]
  return parts.filter((part) => part !== '').join('; ')
}

export function valueText(value: OptionValue): string {
  return typeof value === 'number' ? String(value) : value.join(',')
}
