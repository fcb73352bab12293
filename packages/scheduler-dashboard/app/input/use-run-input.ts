import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useMemo, useState } from 'preact/hooks'

import { type InputField, toFields } from './to-fields.ts'
import { type InputDraft, toDraft, toInput, toJsonDraft } from './to-input.ts'

/** The input that is typed for a run. */
export interface RunInput {
  readonly fields: readonly InputField[] | null
  readonly draft: InputDraft
  readonly setDraft: (draft: InputDraft) => void
  readonly asJson: () => void
}

export interface RunInputState {
  /** `null` where the job takes none. */
  readonly form: RunInput | null
  /** For the body of the command. */
  readonly body: { readonly input?: unknown }
  /** What is wrong with it, in words. */
  readonly problem: string | null
}

/** Holds what is typed for a run of a job, beginning with what an earlier run was given. Another job begins anew. */
export function useRunInput(job: Pick<JobView, 'name' | 'input'> | null, before: unknown = null): RunInputState {
  const [typed, setTyped] = useState<{ readonly job: string; readonly draft: InputDraft } | null>(null)
  const takes = job?.input ?? null
  const fields = useMemo(() => (takes ? toFields(takes.schema) : null), [takes])
  if (job === null || takes === null) return { form: null, body: {}, problem: null }
  const draft = typed?.job === job.name ? typed.draft : toDraft(before, fields)
  const value = toInput(draft, fields)
  const setDraft = (next: InputDraft) => setTyped({ job: job.name, draft: next })
  const asJson = () => draft.kind === 'fields' && setDraft(toJsonDraft(draft.values, fields ?? []))
  const form = { fields, draft, setDraft, asJson }
  if ('problem' in value) return { form, body: {}, problem: value.problem }
  return { form, body: value.input === undefined ? {} : { input: value.input }, problem: null }
}
