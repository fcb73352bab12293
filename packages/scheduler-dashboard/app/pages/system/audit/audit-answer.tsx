import { strings } from '../../../strings/index.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { BinAnswer } from './bin-answer.tsx'
import type { Bin } from './to-bins.ts'
import { type Asked, WhyAnswer } from './why-panel.tsx'

/** A bar that was chosen. */
export interface ChosenBar {
  readonly job: string
  readonly bin: Bin
}

/** The place of the answer: it is there before anything is asked, so that nothing moves. */
export function AuditAnswer({
  asked,
  bar,
  spanMs,
  scheduler,
  onCloser,
  onClear,
}: {
  readonly asked: Asked | null
  readonly bar: ChosenBar | null
  readonly spanMs: number
  readonly scheduler: string
  readonly onCloser: (fromMs: number, toMs: number) => void
  readonly onClear: () => void
}) {
  const words = strings.audit.why
  const isAny = asked !== null || bar !== null
  return (
    <Panel title={words.title} aside={isAny && <IconButton icon="close" label={words.clear} onClick={onClear} />}>
      {bar && <BinAnswer {...bar} spanMs={spanMs} onCloser={onCloser} />}
      {!bar && asked && <WhyAnswer asked={asked} scheduler={scheduler} />}
      {!isAny && <p class="muted">{words.hint}</p>}
    </Panel>
  )
}
