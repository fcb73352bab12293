import type { ProviderCall } from '../../job/run-context.ts'
import { MAX_CALL_MS, MAX_ITEMS, MAX_PROGRESS } from '../../limits.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import { addCounts } from '../../run/count.ts'
import type { ItemCounts } from '../../run/ledger-entry.ts'

const OUTCOMES: readonly unknown[] = [
  'succeeded',
  'failed',
  'rate_limited',
  'refused',
] satisfies ProviderCall['outcome'][]

/** The counts that one call of `report` adds. Throws `INVALID_OPTIONS`. */
export function checkItems(added: Partial<ItemCounts>): ItemCounts {
  assertObject('report', added)
  const { processed, failed, skipped } = added
  return {
    processed: wholeNumber('processed', processed),
    failed: wholeNumber('failed', failed),
    skipped: wholeNumber('skipped', skipped),
  }
}

/** The sum of both; each count stops at `MAX_COUNT`. */
export function addItems(before: ItemCounts, added: ItemCounts): ItemCounts {
  return {
    processed: addCounts(before.processed, added.processed),
    failed: addCounts(before.failed, added.failed),
    skipped: addCounts(before.skipped, added.skipped),
  }
}

/** A call as its sum needs it. Its provider is not checked yet. */
export interface CheckedCall {
  readonly provider: unknown
  readonly outcome: ProviderCall['outcome']
  /** In whole milliseconds; `null` when the provider did not answer. */
  readonly answeredMs: number | null
  readonly isFallback: boolean
}

/** Reads every field once: a getter may answer another value each time. Throws `INVALID_OPTIONS`. */
export function checkCall(call: ProviderCall): CheckedCall {
  assertObject('recordCall', call)
  const { provider, outcome, answered, durationMs, fallback = false } = call
  if (!OUTCOMES.includes(outcome))
    refuseOption({ path: 'recordCall.outcome', value: outcome, expected: `one of ${OUTCOMES.join(', ')}` })
  const wholeMs = wholeMilliseconds(durationMs)
  return { provider, outcome, answeredMs: answered ? wholeMs : null, isFallback: Boolean(fallback) }
}

/** Checks a field of `progress`. Throws `INVALID_OPTIONS`. */
export function assertAmount(name: string, value: number): number {
  // Adding 0 makes 0 of -0.
  if (Number.isFinite(value) && value >= 0 && value <= MAX_PROGRESS) return value + 0
  return refuseOption({ path: `progress.${name}`, value, expected: 'a finite number from 0 to 2^53 - 1' })
}

function assertObject(path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) refuseOption({ path, value, expected: 'an object' })
}

function wholeMilliseconds(durationMs: number): number {
  if (typeof durationMs === 'number' && durationMs >= 0) {
    const rounded = Math.round(durationMs)
    if (rounded <= MAX_CALL_MS) return rounded + 0
  }
  return refuseOption({
    path: 'recordCall.durationMs',
    value: durationMs,
    expected: 'a finite number of milliseconds, from 0 to 2^31 - 1',
  })
}

function wholeNumber(name: string, value = 0): number {
  if (Number.isSafeInteger(value) && value >= 0 && value <= MAX_ITEMS) return value + 0
  return refuseOption({ path: `report.${name}`, value, expected: 'a whole number from 0 to 10^12' })
}
