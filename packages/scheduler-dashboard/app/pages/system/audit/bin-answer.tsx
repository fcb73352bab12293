import { formatInstant } from '../../../format/instants.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { useNow } from '../../../format/use-now.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { FATES } from './fates.ts'
import { FateWord } from './shape.tsx'
import type { Bin } from './to-bins.ts'

const LEAST_MS = 60_000

/** What a bar stands for, and a way to look closer. */
export function BinAnswer({
  job,
  bin: { fromMs, toMs, counts, total },
  spanMs,
  onCloser,
}: {
  readonly job: string
  readonly bin: Bin
  /** Of the range that is shown. */
  readonly spanMs: number
  readonly onCloser: (fromMs: number, toMs: number) => void
}) {
  const { why, mark, fates } = strings.audit
  const zone = useZone()
  const nowMs = useNow()
  const say = (ms: number) => formatInstant(ms, { nowMs, zone })
  const isClosest = spanMs <= LEAST_MS || toMs - fromMs >= spanMs
  return (
    <div class="stack">
      <strong>{job}</strong>
      <p class="audit-sentence">{mark.bin(formatNumber(total), say(fromMs), say(toMs))}</p>
      <ul class="audit-counts" aria-label={why.bin}>
        {FATES.map((fate) => {
          const count = counts[fate] ?? 0
          return (
            count > 0 && (
              <li key={fate} class="spread">
                <FateWord fate={fate}>{fates[fate]}</FateWord>
                <span>{formatNumber(count)}</span>
              </li>
            )
          )
        })}
      </ul>
      <div>
        <Button icon="search" onClick={() => onCloser(fromMs, toMs)} disabledBecause={isClosest ? why.closest : null}>
          {why.closer}
        </Button>
      </div>
    </div>
  )
}
