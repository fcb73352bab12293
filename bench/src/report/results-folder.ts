import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import type { BenchResult } from '../result.ts'

const FOLDER = resolve(import.meta.dirname, '../../results')

/** The kept result of a bench; `null` where there is none. */
export function readResult(name: string): BenchResult | null {
  const file = join(FOLDER, `${name}.json`)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BenchResult) : null
}

export function writeResult(result: BenchResult): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${result.bench}.json`), `${JSON.stringify(result, rounded, 2)}\n`)
}

/** Six significant digits: more of them are noise. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value
}
