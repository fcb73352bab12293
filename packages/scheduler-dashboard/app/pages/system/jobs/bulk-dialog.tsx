import { useCommand } from '../../../data/use-command.ts'
import { strings } from '../../../strings/index.ts'
import { type BulkKind, bulkCommand } from './bulk-command.ts'
import { JobsDialog } from './jobs-dialog.tsx'
import { Whom } from './whom.tsx'

export interface BulkDialogProps {
  readonly kind: BulkKind
  readonly jobs: readonly string[]
  readonly scheduler: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Asks once for all selected jobs. */
export function BulkDialog({ kind, jobs, scheduler, onDone, onClose }: BulkDialogProps) {
  const send = useCommand(scheduler)
  return (
    <JobsDialog
      kind={kind}
      title={strings.jobs.bulk.title[kind](jobs.length)}
      onConfirm={async (asked) => {
        const outcome = await send(bulkCommand({ ...asked, jobs }))
        if (outcome.kind === 'accepted') onDone()
        return outcome
      }}
      onClose={onClose}
    >
      <Whom scheduler={scheduler} jobs={jobs} />
    </JobsDialog>
  )
}
