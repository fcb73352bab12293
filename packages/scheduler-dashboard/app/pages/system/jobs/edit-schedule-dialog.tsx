import { useState } from 'preact/hooks'

import { useResource } from '../../../data/use-resource.ts'
import { useRested } from '../../../data/use-rested.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import type { ChangeDialogProps } from './edit-policies-dialog.tsx'
import { fieldErrorOf } from './field-error.ts'
import { isScheduled, toDraft, toPreviewQuery, toScheduleBody } from './schedule-draft.ts'
import { ScheduleFields } from './schedule-fields.tsx'
import { SchedulePreview } from './schedule-preview.tsx'
import { useConfigure } from './use-configure.ts'

/** So many due times are shown before and after. */
const SHOWN = 3
const TYPING_MS = 350

/** Another schedule, with the next due times of both. */
export function EditScheduleDialog({ job, scheduler, onConflict, onClose }: ChangeDialogProps) {
  const { name } = job
  const configure = useConfigure(scheduler, onConflict)
  const zone = useZone()
  const [draft, setDraft] = useState(() => toDraft(job.schedule, zone))
  const [refusal, setRefusal] = useState<string | null>(null)
  const body = toScheduleBody(draft, zone)
  const words = strings.policies.schedule
  const title = words.title(name)

  const before = useResource(`preview ${name}`, ({ admin }) => admin.preview(name, { n: SHOWN }), { scheduler })
  const asked = useRested(body === null ? null : JSON.stringify(toPreviewQuery(body, SHOWN)), TYPING_MS)
  const after = useResource(
    asked === null ? null : `preview ${name} ${asked}`,
    ({ admin }) => admin.preview(name, JSON.parse(asked ?? '{}') as ReturnType<typeof toPreviewQuery>),
    { scheduler },
  )
  const problem = refusal ?? after.failure?.text ?? null
  return (
    <CommandDialog
      title={title}
      confirm={strings.policies.edit.confirm}
      problem={body === null ? words.missing : null}
      effect={
        <SchedulePreview before={before} after={body === null ? null : after} schedule={job.schedule} draft={draft} />
      }
      onConfirm={async (why) => {
        if (body === null) throw new Error(words.missing)
        const outcome = await configure({
          title,
          job: name,
          body: { schedule: body, why },
          isSeen: ({ schedule }, { control }) => isScheduled(schedule, control.jobs?.[name]?.config.schedule),
        })
        setRefusal(outcome.kind === 'refused' ? outcome.failure.text : null)
        return outcome
      }}
      onClose={onClose}
    >
      <ScheduleFields
        draft={draft}
        error={problem === null ? null : fieldErrorOf(problem)}
        onChange={(next) => {
          setRefusal(null)
          setDraft(next)
        }}
      />
    </CommandDialog>
  )
}
