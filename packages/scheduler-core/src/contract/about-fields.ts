import * as z from 'zod'

/** What a job says about itself, for people. */
export const aboutFields = {
  description: z.string().nullable(),
  owner: z.string().nullable().describe('Who answers for the job.'),
  tags: z.array(z.string()),
  runbook_url: z.string().nullable().describe('What to do when the job fails: an http(s) URL.'),
  input: z
    .object({ schema: z.record(z.string(), z.unknown()), is_required: z.boolean() })
    .nullable()
    .describe('The JSON Schema of what a run is given, and whether it needs that; null: the job takes no input.'),
}

export interface AboutFields {
  readonly description: string | null
  /** Who answers for the job. */
  readonly owner: string | null
  readonly tags: readonly string[]
  /** What to do when the job fails: an http(s) URL. */
  readonly runbook_url: string | null
  /** What a run is given, as JSON Schema, and whether it needs that; `null`: the job takes no input. */
  readonly input: { readonly schema: Readonly<Record<string, unknown>>; readonly is_required: boolean } | null
}
