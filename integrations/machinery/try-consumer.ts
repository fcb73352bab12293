import { rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

import type { Consumer } from '../consumer.ts'
import { install, type Stock } from './install.ts'

export interface Outcome {
  readonly consumer: Consumer
  readonly check: string
  /** What went wrong; `null` when it passed. */
  readonly problem: string | null
  /** What is told of a check that passed. */
  readonly note?: string | undefined
  readonly seconds: number
}

/** Installs a consumer and runs its checks, and tells each outcome at once. An installation that fails is one outcome. */
export async function tryConsumer(consumer: Consumer, stock: Stock, tell: (outcome: Outcome) => void): Promise<void> {
  const outcomeOf = async <T>(check: string, work: () => Promise<T>) => {
    const from = performance.now()
    const outcome = (problem: string | null, note?: string) =>
      tell({ consumer, check, problem, note, seconds: (performance.now() - from) / 1_000 })
    try {
      const result = await work()
      outcome(null, typeof result === 'string' ? result : undefined)
      return result
    } catch (error) {
      outcome(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
  const installed = await outcomeOf('is installed', () => install(consumer, stock))
  if (installed === undefined) return
  for (const { name, run, isLong = false } of consumer.checks) {
    if (!(stock.isShort && isLong)) await outcomeOf(name, () => run(installed))
  }
  if (!stock.isKept) rmSync(installed.folder, { recursive: true, force: true })
}
