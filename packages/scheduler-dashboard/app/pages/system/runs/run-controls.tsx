import { useState } from 'preact/hooks'
import { useApp } from '../../../app-context.ts'
import type { RunDetail } from '../../../data/api.ts'
import { useStatus } from '../../../live/use-status.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { RunAgainDialog } from './run-again-dialog.tsx'
import { whyNoCommand } from './why-no-command.ts'

/** Cancel while it runs, and once more after it has ended. */
export function RunControls({ run, scheduler }: { readonly run: RunDetail; readonly scheduler: string }) {
  const { may } = useApp().config
  const { status } = useStatus(scheduler, 'admin')
  const [asked, setAsked] = useState<'again' | 'cancel' | null>(null)
  const words = strings.runs.controls
  const because = whyNoCommand(run, { canControl: may.control, scheduler: status?.scheduler.state ?? null })
  const about = { run, scheduler, onClose: () => setAsked(null) }
  return (
    <div class="cluster" role="toolbar" aria-label={words.label}>
      {run.log_url !== null && (
        <a class="button" href={run.log_url} rel="noreferrer">
          {words.logs}
        </a>
      )}
      <Button icon="again" disabledBecause={because.again} onClick={() => setAsked('again')}>
        {words.again}
      </Button>
      <Button icon="stop" disabledBecause={because.cancel} onClick={() => setAsked('cancel')}>
        {words.cancel}
      </Button>
      {asked === 'again' && <RunAgainDialog {...about} />}
      {asked === 'cancel' && <CancelDialog {...about} />}
    </div>
  )
}
