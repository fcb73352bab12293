import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import type { StateName } from '../../../ui/icons.tsx'
import { totalOf } from './fates.ts'
import type { AuditFacts } from './load-audit.ts'

/** The account of a range in one sentence, the worst first. */
export function verdictOf({ lanes, counts, isComplete }: Pick<AuditFacts, 'lanes' | 'counts' | 'isComplete'>): {
  readonly state: StateName
  readonly text: string
} {
  const words = strings.audit.verdict
  const twice = lanes.reduce((sum, { audit }) => sum + audit.accounted_twice, 0)
  const { unexplained = 0, failed = 0, orphaned = 0, interrupted = 0, missed = 0 } = counts
  const say = (count: number) => (isComplete ? formatNumber(count) : words.atLeast(formatNumber(count)))
  const parts = [
    ...(unexplained > 0 ? [words.unexplained(formatNumber(unexplained))] : []),
    ...(twice > 0 ? [words.twice(formatNumber(twice))] : []),
    ...(failed > 0 ? [words.failed(say(failed))] : []),
    ...(orphaned > 0 ? [words.orphaned(say(orphaned))] : []),
    ...(interrupted > 0 ? [words.interrupted(say(interrupted))] : []),
    ...(missed > 0 ? [words.missed(formatNumber(missed))] : []),
  ]
  const isBroken = unexplained + twice + failed + orphaned + interrupted > 0
  if (parts.length > 0) return { state: isBroken ? 'failed' : 'late', text: words.problems(parts.join(', ')) }
  return totalOf(counts) === 0 ? { state: 'unknown', text: words.none } : { state: 'ok', text: words.accounted }
}
