import { parseArgs } from 'node:util'

import type { Build } from './build.ts'
import { loadBuilds } from './build.ts'
import type { CaseOptions } from './case.ts'

export interface Options extends CaseOptions {
  /** The cases to run; empty for all. */
  readonly cases: readonly string[]
  /** Where to add a line of JSON. */
  readonly json: string | undefined
}

/**
 * `durable [seconds]`, or `durable <case ...> [size ...]`, and the flags: numbers after a case are sizes of batches,
 * without one they are seconds.
 */
export async function readOptions(args: readonly string[]): Promise<Options> {
  const { values, positionals } = parseArgs({
    args: [...args].filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'string' },
      beside: { type: 'string' },
    },
  })
  const cases = positionals.filter((word) => Number.isNaN(Number(word)))
  const numbers = positionals.map(Number).filter((number) => number > 0)
  const given = cases.length === 0 ? numbers[0] : undefined
  const seconds = Number(values.seconds ?? given ?? (values.quick ? 0.5 : 2))
  const builds: readonly Build[] = await loadBuilds(values.beside)
  return {
    cases,
    builds,
    sizes: cases.length > 0 && numbers.length > 0 ? numbers : [500, 50, 1],
    rounds: Number(values.rounds ?? (values.quick ? 2 : 7)),
    ms: seconds * 1_000,
    quick: values.quick,
    json: values.json,
  }
}
