import { median, spread } from '../http/ratios.ts'
import { figure } from '../report/table.ts'
import type { Effort } from './meter.ts'

/** Something that works off runs, or rows that stand for runs. */
export interface Contender {
  readonly name: string
  /** Works for about so long, and answers how many runs it has finished and what that took. */
  work(ms: number): Promise<Slice>
}

export interface Slice extends Effort {
  readonly runs: number
}

/** The slices of one contender, in the order of the rounds. */
export interface Result {
  readonly name: string
  readonly slices: readonly Slice[]
}

export interface ContestOptions {
  readonly rounds: number
  /** How long each contender works in each round. */
  readonly ms: number
}

/** Lets all contenders work in each round, in turn, after a short first round that does not count. */
export async function contest(
  contenders: readonly Contender[],
  { rounds, ms }: ContestOptions,
): Promise<readonly Result[]> {
  const results = contenders.map(({ name }) => ({ name, slices: [] as Slice[] }))
  for (const contender of contenders) {
    process.stderr.write(`warm-up: ${contender.name}\n`)
    await contender.work(Math.min(ms, WARM_UP_MS))
  }
  for (let round = 0; round < rounds; round++) {
    for (let step = 0; step < contenders.length; step++) {
      // Nobody always works after the same other.
      const index = (round % 2 === 0 ? step : contenders.length - 1 - step + round) % contenders.length
      const slice = await contenders[index]?.work(ms)
      if (slice) results[index]?.slices.push(slice)
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`)
  }
  return results
}

const WARM_UP_MS = 1_000

export function ratesOf({ slices }: Result): readonly number[] {
  return slices.map(({ runs, seconds }) => runs / seconds)
}

/** The ratio of each round, because a machine that slows down slows down both. */
export function ratiosTo(rates: readonly number[], reference: readonly number[]): readonly number[] {
  return rates.map((rate, round) => rate / (reference[round] ?? Number.NaN))
}

/** The columns that every table has. */
export function columnsOf(result: Result, floor: Result | undefined): Record<string, string> {
  const perRun = (of: (slice: Slice) => number | null) => {
    return figure(median(result.slices.map((slice) => (of(slice) ?? Number.NaN) / slice.runs)))
  }
  return {
    'runs/s': figure(median(ratesOf(result))),
    'x floor': spread(ratiosTo(ratesOf(result), floor ? ratesOf(floor) : [])),
    'x floor by CPU': spread(ratiosTo(runsPerCpu(result), floor ? runsPerCpu(floor) : [])),
    'Node us/run': perRun(({ nodeUs }) => nodeUs),
    'PostgreSQL us/run': perRun(({ serverUs }) => serverUs),
  }
}

/** Runs for each microsecond of CPU, of Node and of PostgreSQL: steadier than a rate when others use the machine too. */
function runsPerCpu({ slices }: Result): readonly number[] {
  return slices.map(({ runs, nodeUs, serverUs }) => runs / (nodeUs + (serverUs ?? Number.NaN)))
}
