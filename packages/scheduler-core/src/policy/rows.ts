import type { NamePolicy, NumberPolicy, OnePeriod, Reach, WordPolicy } from './policy.ts'

/** 2^31 - 1 ms, about 24.8 days. A longer duration is a mistake of units. */
const MAX_MS = 2 ** 31 - 1

interface Row<R extends Reach> {
  readonly help: string
  readonly reach: R
}

interface DurationRow<R extends Reach> extends Row<R> {
  readonly default: number | OnePeriod
  /** Default 0. */
  readonly min?: number
}

/** Whole milliseconds, at most 24.8 days. */
export function duration<R extends Reach>({ min = 0, ...row }: DurationRow<R>): NumberPolicy<null, R> {
  return { kind: 'number', unit: 'ms', min, max: MAX_MS, nullMeans: null, ...row }
}

/** A duration that a job's options can also switch off with `null`. */
export function durationOrNull<R extends Reach>({
  min = 0,
  ...row
}: Omit<DurationRow<R>, 'default'> & {
  readonly default: number | OnePeriod | null
  readonly nullMeans: string
}): NumberPolicy<string, R> {
  return { kind: 'number', unit: 'ms', min, max: MAX_MS, ...row }
}

/** A whole number with or without a unit. */
export function wholeNumber<R extends Reach>(
  row: Row<R> & Pick<NumberPolicy, 'min' | 'max'> & { readonly default: number; readonly unit?: 'attempts' },
): NumberPolicy<null, R> {
  return { kind: 'number', unit: null, nullMeans: null, ...row }
}

/** One word of a list. */
export function word<W extends string, R extends Reach>(
  row: Row<R> & { readonly words: Readonly<Record<W, string>>; readonly default: NoInfer<W> },
): WordPolicy<W, R> {
  return { kind: 'word', ...row }
}

/** A name of the host's choice. */
export function name<R extends Reach>(row: Row<R> & { readonly default: string }): NamePolicy<R> {
  return { kind: 'name', ...row }
}
