import type { Consumer } from '../consumer.ts'
import { DEFAULT_RUNTIME } from './install.ts'
import type { Outcome } from './try-consumer.ts'

/** The line of an outcome, and below it what went wrong. */
export function lineOf({ consumer, check, problem, note, seconds }: Outcome): string {
  const verdict = problem === null ? 'ok    ' : 'FAILED'
  const told = note === undefined ? '' : `: ${note}`
  const line = `${verdict} ${consumer.name}: ${check}${told} (${seconds.toFixed(1)} s)`
  return problem === null ? line : `${line}\n${problem.trimEnd().replace(/^/gm, '       ')}`
}

/** A line for each consumer: the versions that it is made of, and how its checks went. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const consumers = [...new Set(outcomes.map(({ consumer }) => consumer))]
  const rows = consumers.map((consumer) => {
    const own = outcomes.filter((outcome) => outcome.consumer === consumer)
    const passed = own.filter(({ problem }) => problem === null).length
    return [consumer.name, `${passed} of ${own.length}`, versionsOf(consumer)]
  })
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const lines = rows.map(([name = '', passed = '', versions]) =>
    [name.padEnd(width(0)), passed.padStart(width(1)), versions].join('  '),
  )
  return lines.sort().join('\n')
}

function versionsOf({ runtime = DEFAULT_RUNTIME, installs }: Consumer): string {
  const packages = Object.entries(installs).map(([name, version]) => `${name} ${version.replace(/^npm:.*@/, '')}`)
  return [`${runtime.kind} ${runtime.version}`, ...packages].join(', ')
}
