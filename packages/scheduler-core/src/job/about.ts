import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { MAX_DESCRIPTION, MAX_OWNER, MAX_RUNBOOK_URL, MAX_TAGS } from '../limits.ts'
import type { Redact } from '../redact/redact.ts'
import { cleanText, isCleanText } from '../run/clean-text.ts'

/** What a job says about itself, for people and for filters. */
export interface JobAboutOptions {
  /** What the job does, at most 1,000 characters (default none). */
  readonly description?: string | null
  /** Who answers for the job, a line of at most 200 characters (default nobody). */
  readonly owner?: string | null
  /** At most 20 words, each `^[a-z0-9][a-z0-9._:-]{0,63}$`, that lists and commands filter by (default none). */
  readonly tags?: readonly string[]
  /** Where one reads what to do when the job fails: an http(s) URL of at most 2,000 characters (default none). */
  readonly runbookUrl?: string | null
}

/** The same of a checked job. */
export interface JobAbout {
  readonly description: string | null
  readonly owner: string | null
  /** Each once, in the order in which they were given. */
  readonly tags: readonly string[]
  readonly runbookUrl: string | null
}

const TAG = /^[a-z0-9][a-z0-9._:-]{0,63}$/
export const A_TAG = 'a tag of 1 to 64 characters: a-z, 0-9, and . _ : - but not first'
export const tag = lazily(() => z.string().regex(TAG, { error: A_TAG }))

const DESCRIPTION = '1 to 1,000 characters without control characters (but line breaks and tabs) and lone surrogates'
const OWNER = '1 to 200 characters of one line, without control characters and lone surrogates'
const RUNBOOK_URL = 'an http(s) URL of at most 2,000 characters, without a user and a password'

/** The fields of a job's options. */
export const aboutFields = lazily(() => ({
  description: z
    .string()
    .min(1, { error: DESCRIPTION })
    .max(MAX_DESCRIPTION, { error: DESCRIPTION })
    .refine(isCleanText, { error: DESCRIPTION })
    .nullish(),
  owner: z
    .string()
    .min(1, { error: OWNER })
    .max(MAX_OWNER, { error: OWNER })
    .refine((text) => isCleanText(text) && !/[\t\n\r]/.test(text), { error: OWNER })
    .nullish(),
  tags: z.array(tag()).max(MAX_TAGS).optional(),
  runbookUrl: z
    .string()
    .max(MAX_RUNBOOK_URL, { error: RUNBOOK_URL })
    .refine(isWebUrl, { error: RUNBOOK_URL })
    .nullish(),
}))

type Checked = z.output<z.ZodObject<ReturnType<typeof aboutFields>>>

export function toAbout({ description, owner, tags, runbookUrl }: Checked): JobAbout {
  return {
    description: description ?? null,
    owner: owner ?? null,
    tags: tags ? Object.freeze([...new Set(tags)]) : NO_TAGS,
    runbookUrl: runbookUrl ?? null,
  }
}

/** What somebody says about a job while the scheduler runs, without secrets. What is left out stays so. */
export function redactAbout<T extends JobAboutOptions>(options: T, redact: Redact): T {
  const { description, owner, runbookUrl } = options
  return {
    ...options,
    ...(typeof description === 'string' && { description: cleanText(description, { redact, limit: 1_000 }) }),
    ...(typeof owner === 'string' && { owner: cleanText(owner, { redact, limit: 200 }) }),
    ...(typeof runbookUrl === 'string' && { runbookUrl: redact(runbookUrl) }),
  }
}

/** Shared by the many jobs without tags. */
const NO_TAGS: readonly string[] = Object.freeze([])

/** A link on a page: no other scheme, and no credentials. */
function isWebUrl(text: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(text)) return false
  const url = URL.parse(text)
  return url !== null && url.username === '' && url.password === ''
}
