import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { type FieldError, fieldErrorOf } from './field-error.ts'
import { PolicyInput } from './policy-input.tsx'
import { EDITABLE, isInEffect, type Patch, type PolicyTexts, toPatch, toTexts } from './to-patch.ts'
import { useConfigure } from './use-configure.ts'

export interface ChangeDialogProps {
  readonly job: JobView
  readonly scheduler: string
  /** Somebody else changed settings in the meantime. */
  readonly onConflict: () => void
  readonly onClose: () => void
}

/** All policies that can be set at run time; only what is changed is sent. */
export function EditPoliciesDialog({ job, scheduler, onConflict, onClose }: ChangeDialogProps) {
  const configure = useConfigure(scheduler, onConflict)
  const [texts, setTexts] = useState<PolicyTexts>(() => toTexts(job))
  const [refused, setRefused] = useState<FieldError | null>(null)
  const words = strings.policies.edit
  const patch = toPatch(job, texts)
  const title = words.title(job.name)
  return (
    <CommandDialog
      title={title}
      confirm={words.confirm}
      effect={<Effect changes={patch.changes} />}
      problem={problemOf(patch)}
      onConfirm={async (why) => {
        const outcome = await configure({
          title,
          job: job.name,
          body: { ...patch.body, why },
          isSeen: (seen) => isInEffect(seen, patch.body),
        })
        setRefused(outcome.kind === 'refused' ? fieldErrorOf(outcome.failure.text) : null)
        return outcome
      }}
      onClose={onClose}
    >
      <div class="policy-grid">
        {EDITABLE.map((field) => (
          <PolicyInput
            key={field.name}
            field={field}
            job={job}
            value={texts[field.name] ?? ''}
            problem={patch.problems[field.name] ?? (refused?.field === field.name ? refused.text : null)}
            onChange={(value) => {
              setRefused(null)
              setTexts({ ...texts, [field.name]: value })
            }}
          />
        ))}
      </div>
    </CommandDialog>
  )
}

function problemOf({ problems, changes }: Patch): string | null {
  const [first] = Object.values(problems)
  return first ?? (changes.length === 0 ? strings.policies.edit.nothing : null)
}

function Effect({ changes }: Pick<Patch, 'changes'>) {
  const words = strings.policies
  if (changes.length === 0) return <p class="muted">{words.edit.none}</p>
  return (
    <>
      <ul>
        {changes.map(({ name, from, to }) => (
          <li key={name}>{words.edit.effectLine(words.names[name], from, to)}</li>
        ))}
      </ul>
      <p class="muted">{words.edit.atOnce}</p>
    </>
  )
}
