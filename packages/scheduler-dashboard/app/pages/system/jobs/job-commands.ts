import type { CommandResultView, RunStartedView } from '@pm/scheduler-core/contract/v2'

import type { Command } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'
import { followRun } from '../runs/follow-run.ts'

/** What is asked of one job, and how it is seen to have come to be. */
export function pauseCommand(
  job: string,
  { until, why }: { readonly until: string | null; readonly why: string },
): Command<CommandResultView> {
  return {
    title: strings.job.pause.title(job),
    send: ({ admin }, call) => admin.pauseJob(job, { until, why }, call),
    isApplied: async ({ api }) => (await api.admin.job(job)).paused !== null,
  }
}

export function resumeCommand(job: string, why: string): Command<CommandResultView> {
  return {
    title: strings.job.resume.title(job),
    send: ({ admin }, call) => admin.resumeJob(job, withReason(why), call),
    isApplied: async ({ api }) => (await api.admin.job(job)).paused === null,
  }
}

export interface RunAsked {
  readonly why: string
  /** What the run is given (default nothing). */
  readonly body?: { readonly input?: unknown }
  /** Where the page of a run is. */
  readonly hrefOf: (id: string) => string
}

export function runCommand(job: string, { why, body = {}, hrefOf }: RunAsked): Command<RunStartedView> {
  return {
    title: strings.job.run.title(job),
    send: ({ admin }, call) => admin.runJob(job, { ...body, ...withReason(why) }, call),
    isApplied: async ({ api, result }) => (await api.admin.run(result.run_id)).kind === 'run',
    link: ({ run_id }) => ({ label: strings.job.run.sees, href: hrefOf(run_id) }),
    follow: ({ run_id }, api, tell) => followRun(run_id, api, tell),
  }
}

function withReason(why: string): { readonly why?: string } {
  return why === '' ? {} : { why }
}
