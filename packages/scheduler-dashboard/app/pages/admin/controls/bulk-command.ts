import type { CommandCall } from '@pm/scheduler-core/client'

import type { ApiOf } from '../../../data/api.ts'
import { toFailure } from '../../../data/failure.ts'
import type { Command } from '../../../data/follow-command.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { bodyOf } from './body-of.ts'
import { type Commanded, commanded, isSeen } from './state-command.ts'

/** A job of some scheduler. */
export interface JobOf {
  readonly scheduler: string
  readonly job: string
}

export interface BulkCommandOptions {
  readonly title: string
  readonly what: 'pause' | 'resume'
  readonly jobs: readonly [JobOf, ...JobOf[]]
  readonly why: string
  /** When a pause ends; without it when somebody resumes. */
  readonly until?: string
  readonly apiOf: ApiOf
}

/**
 * Pauses or resumes jobs one after another. What is refused for the first is refused in the dialog; then the message
 * counts, and names the first job that did not do it.
 */
export function bulkCommand({ title, jobs, ...asked }: BulkCommandOptions): Command<Commanded> {
  const [first, ...rest] = jobs
  let call: CommandCall = {}
  return {
    title,
    send(_api, given) {
      call = given
      return command(first, call, asked)
    },
    isApplied: ({ result }) => isSeen({ result, status: null, api: asked.apiOf(first.scheduler) }),
    async follow(_result, _api, tell) {
      const words = strings.admin.controls.outcome
      const failures: { readonly job: string; readonly text: string }[] = []
      const total = formatNumber(jobs.length)
      for (const [index, one] of rest.entries()) {
        try {
          await inTime(() => command(one, call, asked))
        } catch (error) {
          failures.push({ job: one.job, text: toFailure(error).text })
        }
        tell(words.bulk(formatNumber(index + 2 - failures.length), total), 'accepted')
      }
      const done = formatNumber(jobs.length - failures.length)
      const [failure] = failures
      if (failure) tell(words.bulkFailed(done, total, failure.job, failure.text), 'refused')
      else tell(words.bulk(done, total))
    },
  }
}

type Asked = Omit<BulkCommandOptions, 'title' | 'jobs'>

async function command({ scheduler, job }: JobOf, call: CommandCall, asked: Asked): Promise<Commanded> {
  const { admin } = asked.apiOf(scheduler)
  const own = { ...call, ...(call.idempotencyKey !== undefined && { idempotencyKey: `${call.idempotencyKey}:${job}` }) }
  const body = bodyOf(asked.why)
  const until = asked.until === undefined ? {} : { until: asked.until }
  const send =
    asked.what === 'pause' ? admin.pauseJob(job, { ...body, ...until }, own) : admin.resumeJob(job, body, own)
  return commanded(await send, null)
}

const MOST_TRIES = 5
const WAIT_MS = 1_500

/** A server takes so many commands a minute: what comes too early is sent again. */
async function inTime<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send()
    } catch (error) {
      if (attempt === MOST_TRIES || toFailure(error).code !== 'TOO_MANY_COMMANDS') throw error
      await new Promise((resolve) => window.setTimeout(resolve, WAIT_MS))
    }
  }
}
