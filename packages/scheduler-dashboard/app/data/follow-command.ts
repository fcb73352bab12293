import type { CommandCall } from '@pm/scheduler-core/client'

import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { strings } from '../strings/index.ts'
import type { Api } from './api.ts'
import { type Failure, toFailure } from './failure.ts'
import type { CommandStep, Toast } from './toast-store.ts'

/** One thing that an operator asks for, and how to see that it came to be. */
export interface Command<R> {
  /** What is asked for, such as `Pause poll`. */
  readonly title: string
  /** Sends it. `call` has its idempotency key. */
  readonly send: (api: Api, call: CommandCall) => Promise<R>
  /** Whether it has come to be, by the latest status or by a read. Asked with each status and once a second. */
  readonly isApplied: (seen: {
    readonly result: R
    readonly status: AdminStatusV2 | null
    readonly api: Api
  }) => boolean | Promise<boolean>
  /** Where its result is. */
  readonly link?: (result: R) => Toast['link']
  /** Goes on telling after it came to be, such as a run until it has ended. `tell` changes the message. */
  readonly follow?: (result: R, api: Api, tell: (detail: string, step?: CommandStep) => void) => Promise<void>
}

export type CommandOutcome<R> =
  | { readonly kind: 'accepted'; readonly result: R }
  | { readonly kind: 'refused'; readonly failure: Failure }

export interface Following {
  readonly api: Api
  readonly idempotencyKey: string
  readonly put: (toast: Toast) => void
  readonly status: () => AdminStatusV2 | null
  /** Resolves at the next status, or after a second. */
  readonly nextLook: () => Promise<void>
  readonly nowMs: () => number
}

/** After so long without a sign, the message says so. */
const CONFIRM_MS = 5_000

/** Sends a command, and resolves once the server has accepted or refused it; the message goes on by itself. */
export async function followCommand<R>(command: Command<R>, following: Following): Promise<CommandOutcome<R>> {
  const { api, idempotencyKey, put } = following
  let toast: Toast = { id: idempotencyKey, title: command.title, step: 'sending', detail: null, link: null }
  const show = (change: Partial<Toast>) => {
    toast = { ...toast, ...change }
    put(toast)
  }
  show({})
  try {
    const result = await command.send(api, { idempotencyKey })
    show({ step: 'accepted', link: command.link?.(result) ?? null })
    void confirm({ command, following, result, show })
    return { kind: 'accepted', result }
  } catch (error) {
    const failure = toFailure(error)
    const detail = failure.code === 'UNREACHABLE' ? strings.kit.command.unreachable : failure.text
    show({ step: 'refused', detail })
    return { kind: 'refused', failure: { ...failure, text: detail } }
  }
}

interface Confirming<R> {
  readonly command: Command<R>
  readonly following: Following
  readonly result: R
  readonly show: (change: Partial<Toast>) => void
}

async function confirm<R>({ command, following, result, show }: Confirming<R>): Promise<void> {
  const { api, status, nextLook, nowMs } = following
  const sinceMs = nowMs()
  try {
    while (!(await command.isApplied({ result, status: status(), api }))) {
      if (nowMs() - sinceMs > CONFIRM_MS) return show({ step: 'unconfirmed' })
      await nextLook()
    }
    show({ step: 'applied' })
    await command.follow?.(result, api, (detail, step = 'applied') => show({ detail, step }))
  } catch {
    show({ step: 'unconfirmed' })
  }
}
