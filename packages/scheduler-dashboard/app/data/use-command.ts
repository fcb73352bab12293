import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'
import { useCallback, useRef } from 'preact/hooks'
import { useApp } from '../app-context.ts'
import type { LiveHub } from '../live/live-hub.ts'
import { type Topic, topicOf } from '../live/topic.ts'
import { type Command, type CommandOutcome, followCommand } from './follow-command.ts'
import { randomId } from './random-id.ts'

/**
 * Sends commands to a scheduler; each has one message that follows it. Sent again after no answer came, a command keeps
 * its key, so that it is done once.
 */
export function useCommand(scheduler: string): <R>(command: Command<R>) => Promise<CommandOutcome<R>> {
  const { apiOf, hub, toasts, clock } = useApp()
  const unanswered = useRef<{ readonly title: string; readonly key: string } | null>(null)
  return useCallback(
    async (command) => {
      const last = unanswered.current
      const idempotencyKey = last?.title === command.title ? last.key : randomId()
      const topic = topicOf('admin', scheduler)
      const outcome = await followCommand(command, {
        api: apiOf(scheduler),
        idempotencyKey,
        put: toasts.put,
        // A topic of the admin view has its statuses only.
        status: () => hub.get(topic).status as AdminStatusV2 | null,
        nextLook: () => nextLook(hub, topic),
        nowMs: clock.now,
      })
      const isUnanswered = outcome.kind === 'refused' && outcome.failure.code === 'UNREACHABLE'
      unanswered.current = isUnanswered ? { title: command.title, key: idempotencyKey } : null
      return outcome
    },
    [apiOf, hub, toasts, clock, scheduler],
  )
}

function nextLook(hub: LiveHub, topic: Topic): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = hub.onChanged(topic, () => resolve())
  const timer = window.setTimeout(resolve, 1_000)
  return promise.finally(() => {
    stop()
    window.clearTimeout(timer)
  })
}
