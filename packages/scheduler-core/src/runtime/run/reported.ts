import type { ProviderCall } from '../../job/run-context.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { addCounts, MAX_COUNT } from '../../run/count.ts'
import { type CallTally, EMPTY_CALL_TALLY } from '../../run/counters.ts'
import { distributionOf } from '../../run/distribution.ts'
import type { ItemCounts } from '../../run/ledger-entry.ts'

/** A larger number in one call of `report` is a mistake, such as an instant in place of a count. */
const MAX_ITEMS = 1e12
/** Some 25 days. A longer call is a mistake. */
const MAX_CALL_MS = 2 ** 31 - 1
const MAX_NAME_LENGTH = 100
const OUTCOMES: readonly unknown[] = ['succeeded', 'failed', 'rate_limited'] satisfies ProviderCall['outcome'][]

/** Adds counts to those reported before; a sum stops at `MAX_COUNT`. Throws `INVALID_OPTIONS`. */
export function addItems(before: ItemCounts, added: Partial<ItemCounts>): ItemCounts {
  assertObject('report', added)
  const sum = (field: keyof ItemCounts) => addCounts(before[field], wholeNumber(field, added[field]))
  return { processed: sum('processed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The name of the provider and what one call adds to its tally. Throws `INVALID_OPTIONS`. */
export function tallyCall(call: ProviderCall): { readonly provider: string; readonly tally: CallTally } {
  assertObject('recordCall', call)
  const { provider, outcome, answered, durationMs, fallback = false } = call
  if (!isProviderName(provider)) refuseOption({ path: 'recordCall.provider', value: provider, expected: PROVIDER_NAME })
  if (!OUTCOMES.includes(outcome))
    refuseOption({ path: 'recordCall.outcome', value: outcome, expected: `one of ${OUTCOMES.join(', ')}` })
  const succeeded = outcome === 'succeeded'
  const wholeMs = wholeMilliseconds(durationMs)
  const answeredMs = answered ? wholeMs : null
  const tally = {
    ...EMPTY_CALL_TALLY,
    calls: 1,
    [outcome]: 1,
    answered: answered ? 1 : 0,
    answered_ms: answeredMs ?? 0,
    distributions: { answered_ms: distributionOf(answeredMs) },
    served_as_fallback: succeeded && fallback ? 1 : 0,
  }
  return { provider, tally }
}

/** Checks a field of `progress`. Throws `INVALID_OPTIONS`. */
export function assertAmount(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0 && value <= MAX_COUNT) return value
  return refuseOption({ path: `progress.${name}`, value, expected: 'a finite number from 0 to 2^53 - 1' })
}

const PROVIDER_NAME = `1 to ${MAX_NAME_LENGTH} characters without control characters, lone surrogates and space at the ends`
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

function isProviderName(name: unknown): boolean {
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) return false
  return name.isWellFormed() && !CONTROL.test(name) && name.trim() === name
}

function assertObject(path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) refuseOption({ path, value, expected: 'an object' })
}

function wholeMilliseconds(durationMs: number): number {
  if (typeof durationMs === 'number' && durationMs >= 0) {
    const rounded = Math.round(durationMs)
    if (rounded <= MAX_CALL_MS) return rounded
  }
  return refuseOption({
    path: 'recordCall.durationMs',
    value: durationMs,
    expected: 'a finite number of milliseconds, from 0 to 2^31 - 1',
  })
}

function wholeNumber(name: string, value = 0): number {
  if (Number.isSafeInteger(value) && value >= 0 && value <= MAX_ITEMS) return value
  return refuseOption({ path: `report.${name}`, value, expected: 'a whole number from 0 to 10^12' })
}
