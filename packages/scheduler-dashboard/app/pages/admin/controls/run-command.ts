import { StatusClientError } from '@pm/scheduler-core/client'
import type { RunStartedView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { Command } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'
import { bodyOf } from './body-of.ts'
import { toOutcome } from './to-outcome.ts'

export interface RunCommandOptions {
  readonly job: string
  readonly why: string
  /** What the run is given (default nothing). */
  readonly body?: { readonly input?: unknown }
  /** Where the page of a run is. */
  readonly hrefOf: (runId: string) => string
  readonly nowMs: () => number
}

/** Runs a job now, and follows the run to its end. */
export function runCommand({ job, why, body = {}, hrefOf, nowMs }: RunCommandOptions): Command<RunStartedView> {
  return {
    title: strings.admin.controls.titles.run(job),
    send: ({ admin }, call) => admin.runJob(job, { ...body, ...bodyOf(why) }, call),
    isApplied: ({ result, api }) => isThere(api, result.run_id),
    link: ({ run_id }) => ({ label: strings.admin.controls.outcome.openRun, href: hrefOf(run_id) }),
    async follow({ run_id }, { admin }, tell) {
      for (let look = 0; look < MOST_LOOKS; look++) {
        const { detail, step, isOver } = toOutcome(await admin.run(run_id), nowMs())
        tell(detail, step)
        if (isOver) return
        await pauseFor(look < FAST_LOOKS ? FAST_MS : SLOW_MS)
      }
      tell(strings.admin.controls.outcome.stillRunning)
    },
  }
}

const FAST_LOOKS = 20
const FAST_MS = 500
const SLOW_MS = 2_000
/** For ten minutes. */
const MOST_LOOKS = FAST_LOOKS + 300

async function isThere({ admin }: Api, runId: string): Promise<boolean> {
  try {
    return Boolean(await admin.run(runId))
  } catch (error) {
    if (error instanceof StatusClientError && error.status === 404) return false
    throw error
  }
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, ms))
}
