import type { JobConfigBody, JobView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import type { ChangeDialogProps } from './edit-policies-dialog.tsx'
import type { PolicyRow } from './to-policy-rows.ts'
import { useConfigure } from './use-configure.ts'

/** Takes one setting back to what the code says. */
export function UndoDialog({
  job: { name },
  scheduler,
  row,
  onConflict,
  onClose,
}: ChangeDialogProps & { readonly row: PolicyRow }) {
  const configure = useConfigure(scheduler, onConflict)
  const words = strings.policies.undoDialog
  const title = words.title(row.label, name)
  return (
    <CommandDialog
      title={title}
      confirm={words.confirm}
      effect={words.effect(row.label, row.effective, row.inCode)}
      onConfirm={(why) =>
        configure({ title, job: name, body: { ...toUndo(row), why }, isSeen: (job) => !isOverridden(job, row) })
      }
      onClose={onClose}
    />
  )
}

function toUndo({ name, isRetry }: PolicyRow): JobConfigBody {
  return isRetry ? { retry: { [name]: null } } : { [name]: null }
}

function isOverridden({ override }: JobView, { name }: PolicyRow): boolean {
  const set: Readonly<Record<string, unknown>> = { ...override, ...override.retry }
  return set[name] !== undefined
}
