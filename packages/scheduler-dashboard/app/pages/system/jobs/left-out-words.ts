import type { BackfillPreviewView } from '@pm/scheduler-core/contract/v2'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'

const REASONS = ['succeeded', 'running', 'backfilled', 'excluded', 'undecided'] as const

/** Which due times of the range do not run, and why; empty when all do. */
export function leftOutInWords(leftOut: BackfillPreviewView['left_out']): string {
  const words = strings.backfill.reasons
  return REASONS.flatMap((reason) => (leftOut[reason] > 0 ? [words[reason](formatNumber(leftOut[reason]))] : [])).join(
    ', ',
  )
}
