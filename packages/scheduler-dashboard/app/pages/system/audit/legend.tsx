import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { FATES, type FateCounts } from './fates.ts'
import { FateShape } from './shape.tsx'

/** What the shapes mean, each with how many there are in the whole range. */
export function Legend({ counts, isComplete }: { readonly counts: FateCounts; readonly isComplete: boolean }) {
  const { fates, legend, legendHints, verdict } = strings.audit
  return (
    <ul class="audit-legend" aria-label={legend}>
      {FATES.filter((fate) => fate !== 'queued' || (counts.queued ?? 0) > 0).map((fate) => {
        const count = counts[fate] ?? 0
        const words = isComplete || count === 0 ? formatNumber(count) : verdict.atLeast(formatNumber(count))
        return (
          <li key={fate} data-none={count === 0 || undefined}>
            <FateShape fate={fate} />
            <span>{fates[fate]}</span>
            {fate !== 'coming' && <strong>{words}</strong>}
          </li>
        )
      })}
      <li>
        <svg viewBox="0 0 34 16" width="34" height="16" aria-hidden="true">
          <path class="audit-tick" d="M4 1v6" />
          <path class="audit-line" d="M4 7l12 4" />
          <path class="audit-track" d="M16 13h16" />
        </svg>
        <span>
          {legendHints.tick}, {legendHints.line}, {legendHints.duration}
        </span>
      </li>
      <li>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path class="fate" data-fate="ran" d="M2 7h5v9h-5zM9 4h5v12h-5z" />
          <path class="fate" data-fate="failed" d="M9 1h5v4h-5z" />
        </svg>
        <span>{legendHints.bar}</span>
      </li>
      <li>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <rect class="audit-undefined" width="16" height="16" />
        </svg>
        <span>{legendHints.notDefined}</span>
      </li>
    </ul>
  )
}
