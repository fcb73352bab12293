import type { JobView, PauseView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { KeyValue } from '../../../ui/key-value.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { State } from '../../../ui/state.tsx'
import { Time } from '../../../ui/time.tsx'
import { toJobState } from './to-job-state.ts'

/** What a job is; of a pause, who asked for it and why, on hover or focus. */
export function JobState({ job, isTabStop = true }: { readonly job: JobView; readonly isTabStop?: boolean }) {
  const { state, words } = toJobState(job)
  const { paused } = job
  if (paused === null) return <State state={state}>{words}</State>
  return (
    <Popover class="time pause" content={() => <PauseFacts pause={paused} />} isTabStop={isTabStop}>
      <State state={state}>{words}</State>
      <span class="muted"> {strings.jobs.pausedBy.short(paused.by, paused.why)}</span>
    </Popover>
  )
}

/** Who paused a job, why, since when and until when. */
export function PauseFacts({ pause: { by, why, at, until } }: { readonly pause: PauseView }) {
  const words = strings.jobs.pausedBy
  return (
    <KeyValue
      pairs={[
        [words.by, by],
        [words.why, why ?? words.noReason],
        [words.at, <Time key="at" at={at} as="absolute" isPlain />],
        [words.until, <Time key="until" at={until} as="absolute" none={words.noEnd} isPlain />],
      ]}
    />
  )
}
