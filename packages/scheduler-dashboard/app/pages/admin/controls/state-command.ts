import { type CommandCall, StatusClientError } from '@pm/scheduler-core/client'
import type { AdminStatusV2, CommandResultView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import type { Command } from '../../../data/follow-command.ts'
import { strings } from '../../../strings/index.ts'

type Desired = AdminStatusV2['scheduler']['desired']['state']

/** A command that left the control state at a version; `desired` when it is about the scheduler as a whole. */
export interface Commanded {
  readonly version: number
  readonly desired: Desired | null
  readonly isChanged: boolean
}

export interface StateCommandOptions {
  readonly title: string
  readonly desired: Desired
  readonly send: (api: Api, call: CommandCall) => Promise<CommandResultView>
  /** The version that the status showed when it was sent. */
  readonly version: number
}

/** Start, stop, pause or resume: done once a status shows its version, and the state that was asked for. */
export function stateCommand({ title, desired, send, version }: StateCommandOptions): Command<Commanded> {
  return {
    title,
    send: async (api, call) => {
      try {
        return commanded(await send(api, call), desired)
      } catch (error) {
        // A stop is answered after the last run has ended, which may take longer than a request does.
        const seen = desired === 'stopped' && isUnanswered(error) ? await stoppedSince(api, version) : null
        if (seen === null) throw error
        return seen
      }
    },
    isApplied: ({ result, status, api }) => isSeen({ result, status, api }),
    follow: async ({ isChanged }, _api, tell) => {
      if (!isChanged) tell(strings.admin.controls.outcome.unchanged)
    },
  }
}

export function commanded({ changed, control }: CommandResultView, desired: Desired | null): Commanded {
  return { version: control.version, desired, isChanged: changed }
}

interface Seeing {
  readonly result: Commanded
  readonly status: AdminStatusV2 | null
  readonly api: Api
}

/** By the status that is shown; while the page is paused, by a reading of its own. */
export async function isSeen({ result, status, api }: Seeing): Promise<boolean> {
  return shows(status, result) || shows(await api.admin.status({ fields: 'scheduler' }), result)
}

function shows(status: AdminStatusV2 | null, { version, desired }: Commanded): boolean {
  if (status === null || status.scheduler.desired.version < version) return false
  return desired === null || status.scheduler.state === desired
}

function isUnanswered(error: unknown): boolean {
  return error instanceof StatusClientError && error.code === 'UNREACHABLE'
}

async function stoppedSince({ admin }: Api, before: number): Promise<Commanded | null> {
  const { scheduler } = await admin.status({ fields: 'scheduler' })
  const { version, state } = scheduler.desired
  return state === 'stopped' && version > before ? { version, desired: 'stopped', isChanged: true } : null
}
