import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useStatus } from '../../../live/use-status.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { BackfillDialog } from './backfill-dialog.tsx'
import { ForgetDialog } from './forget-dialog.tsx'
import { PauseDialog } from './pause-dialog.tsx'
import { ResumeDialog } from './resume-dialog.tsx'
import { RunDialog } from './run-dialog.tsx'
import { whyNot } from './why-not.ts'

type Asked = 'pause' | 'resume' | 'run' | 'backfill' | 'forget'

/** What one may ask of a job; each says why where it would do nothing. */
export function JobControls({ job, scheduler }: { readonly job: JobView; readonly scheduler: string }) {
  const { may, parts } = useApp().config
  const { status } = useStatus(scheduler, 'admin')
  const [asked, setAsked] = useState<Asked | null>(null)
  const words = strings.job.controls
  const because = whyNot(job, { canControl: may.control, scheduler: status?.scheduler.state ?? null })
  const about = { job, scheduler, onClose: () => setAsked(null) }
  return (
    <div class="cluster" role="toolbar" aria-label={words.label}>
      <Button icon="pause" disabledBecause={because.pause} onClick={() => setAsked('pause')}>
        {words.pause}
      </Button>
      <Button icon="play" disabledBecause={because.resume} onClick={() => setAsked('resume')}>
        {words.resume}
      </Button>
      <Button icon="again" disabledBecause={because.run} onClick={() => setAsked('run')}>
        {words.run}
      </Button>
      {parts.configuration && (
        <Button disabledBecause={because.backfill} onClick={() => setAsked('backfill')}>
          {words.backfill}
        </Button>
      )}
      {job.retired_at !== null && parts.configuration && (
        <Button
          tone="hurts"
          disabledBecause={may.control ? null : strings.jobs.readOnly}
          onClick={() => setAsked('forget')}
        >
          {strings.job.forget.confirm}
        </Button>
      )}
      {asked === 'forget' && <ForgetDialog {...about} />}
      {asked === 'pause' && <PauseDialog {...about} />}
      {asked === 'resume' && <ResumeDialog {...about} />}
      {asked === 'run' && <RunDialog {...about} />}
      {asked === 'backfill' && <BackfillDialog {...about} />}
    </div>
  )
}
