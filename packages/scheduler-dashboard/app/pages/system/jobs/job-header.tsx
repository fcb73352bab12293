import type { JobView } from '@pm/scheduler-core/contract/v2'

import { scheduleInWords } from '../../../format/schedule-words.ts'
import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { Time } from '../../../ui/time.tsx'
import { useFormatAt } from '../runs/use-format-at.ts'
import { JobAbout } from './job-about.tsx'
import { JobControls } from './job-controls.tsx'
import { PauseFacts } from './job-state.tsx'
import { toJobState } from './to-job-state.ts'
import { zoneOf } from './zone-of.ts'

/** Which job it is, how it is, and what one may ask of it. */
export function JobHeader({ job, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const formatAt = useFormatAt()
  const { state, words } = toJobState(job)
  return (
    <header class="job-header">
      <div class="spread">
        <div class="cluster wide">
          <h1>{job.name}</h1>
          <State state={state}>{words}</State>
        </div>
        <JobControls job={job} scheduler={scheduler} />
      </div>
      {job.retired_at !== null && (
        <p class="retired-note">
          {strings.job.retired} <Time at={job.retired_at} as="absolute" />. {strings.job.retiredPast}
        </p>
      )}
      <p class="muted">
        {strings.job.runsWhen(scheduleInWords(job.schedule, formatAt))}{' '}
        {job.next_run_at === null ? (
          strings.job.noNext
        ) : (
          <>
            {strings.job.dueNext} <Time at={job.next_run_at} jobZone={zoneOf(job.schedule)} />.
          </>
        )}
      </p>
      <JobAbout job={job} />
      {job.paused && (
        <div class="pause-note">
          <PauseFacts pause={job.paused} />
        </div>
      )}
    </header>
  )
}
