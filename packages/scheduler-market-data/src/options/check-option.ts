import { refuseOption } from '@pm/scheduler-core/store'

export interface WholeNumberOption {
  readonly path: string
  readonly value: unknown
  readonly from: number
  readonly to?: number
}

/** Refuses an option that is not a whole number within its bounds. */
export function wholeNumber({ path, value, from, to = Number.MAX_SAFE_INTEGER }: WholeNumberOption): void {
  if (Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to) return
  const expected =
    to === Number.MAX_SAFE_INTEGER ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`
  refuseOption({ path, value, expected })
}
