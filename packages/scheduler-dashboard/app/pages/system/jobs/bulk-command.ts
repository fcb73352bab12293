import { type CommandCall, StatusClientError } from '@pm/scheduler-core/client'

import type { Api } from '../../../data/api.ts'
import type { Command } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'

export type BulkKind = 'pause' | 'resume' | 'run'

export interface BulkAsked {
  readonly kind: BulkKind
  readonly jobs: readonly string[]
  readonly title: string
  readonly until: string | null
  readonly why: string
}

/** One command for many jobs: sent one after the other, each done once however often it is sent. */
export function bulkCommand(asked: BulkAsked): Command<readonly string[]> {
  const { kind, jobs, title } = asked
  return {
    title,
    async send(api, { idempotencyKey = '' }) {
      const { runs, refused } = await sendAll(api, { asked, idempotencyKey })
      const [first] = refused
      if (first !== undefined) throw new Error(strings.jobs.bulk.refused(refused.length, jobs.length, first))
      return runs
    },
    async isApplied({ api, result }) {
      if (kind === 'run') return (await Promise.all(result.slice(0, 4).map((id) => api.admin.run(id)))).length > 0
      const paused = await pausedJobs(api)
      return jobs.every((job) => paused.has(job) === (kind === 'pause'))
    },
  }
}

async function sendAll(
  api: Api,
  { asked, idempotencyKey }: { readonly asked: BulkAsked; readonly idempotencyKey: string },
): Promise<{ readonly runs: readonly string[]; readonly refused: readonly string[] }> {
  const refused: string[] = []
  const runs: string[] = []
  for (const job of asked.jobs) {
    const call = { idempotencyKey: `${idempotencyKey}:${job}` }
    try {
      const result = await patiently(() => sendOne(api, { asked, job, call }))
      if ('run_id' in result && typeof result.run_id === 'string') runs.push(result.run_id)
    } catch (error) {
      // What never arrived is sent again as a whole.
      if (!(error instanceof StatusClientError) || error.status === null) throw error
      refused.push(`${job}: ${error.message}`)
    }
  }
  return { runs, refused }
}

function sendOne(
  { admin }: Api,
  {
    asked: { kind, until, why },
    job,
    call,
  }: { readonly asked: BulkAsked; readonly job: string; readonly call: CommandCall },
) {
  if (kind === 'pause') return admin.pauseJob(job, { until, why }, call)
  return kind === 'resume' ? admin.resumeJob(job, { why }, call) : admin.runJob(job, { why }, call)
}

/** Waits as long as a server asks that takes no more commands for now. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StatusClientError) || error.status !== 429 || error.retryAfterMs === null) throw error
      const { retryAfterMs } = error
      await new Promise((resolve) => window.setTimeout(resolve, retryAfterMs))
    }
  }
}

async function pausedJobs({ admin }: Api): Promise<ReadonlySet<string>> {
  const { items } = await admin.jobs({ state: 'paused', limit: 1_000 })
  return new Set(items.map(({ name }) => name))
}
