import type { BackfillQueueView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { concernsJob } from '../../../live/changed.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Time } from '../../../ui/time.tsx'

const SHOWN = 12

/** What is left of the backfills of a job, with a way to give it up. Nothing where nothing waits. */
export function BackfillQueue({ job, scheduler }: { readonly job: string; readonly scheduler: string }) {
  const { may, parts } = useApp().config
  const [isAsked, setAsked] = useState(false)
  const { data, reload } = useResource(`backfill queue of ${job}`, ({ admin }) => admin.backfillQueue(job), {
    scheduler,
    refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, job) },
  })
  const words = strings.backfill.queue
  if (data === null || data.waiting + data.running === 0) return null
  const because = may.control && parts.configuration ? null : strings.jobs.readOnly
  return (
    <Panel
      title={words.title}
      aside={
        <Button disabledBecause={data.waiting === 0 ? words.lastRuns : because} onClick={() => setAsked(true)}>
          {words.cancel}
        </Button>
      }
    >
      <Waiting queue={data} />
      {isAsked && (
        <CancelBackfillDialog
          queue={data}
          scheduler={scheduler}
          onClose={() => {
            setAsked(false)
            reload()
          }}
        />
      )}
    </Panel>
  )
}

function Waiting({ queue: { waiting, running, done, passed_over, items } }: { readonly queue: BackfillQueueView }) {
  const words = strings.backfill.queue
  const parts = [
    words.waiting(waiting),
    ...(running > 0 ? [words.running(formatNumber(running))] : []),
    ...(done > 0 ? [words.done(formatNumber(done))] : []),
    ...(passed_over > 0 ? [words.passedOver(formatNumber(passed_over))] : []),
  ]
  const shown = items.slice(0, SHOWN)
  return (
    <>
      <p>
        {parts.join(', ')}. {words.where}
      </p>
      {shown.length > 0 && (
        <ol class="cluster wide" aria-label={words.next}>
          {shown.map((at) => (
            <li key={at}>
              <Time at={at} as="absolute" />
            </li>
          ))}
          {waiting > shown.length && (
            <li class="muted">{strings.backfill.more(formatNumber(waiting - shown.length))}</li>
          )}
        </ol>
      )}
    </>
  )
}

interface CancelProps {
  readonly queue: BackfillQueueView
  readonly scheduler: string
  readonly onClose: () => void
}

function CancelBackfillDialog({ queue: { job, waiting }, scheduler, onClose }: CancelProps) {
  const send = useCommand(scheduler)
  const words = strings.backfill.queue
  const title = words.cancelTitle(job)
  return (
    <CommandDialog
      title={title}
      confirm={words.confirm}
      hurts
      effect={words.effect(waiting)}
      onConfirm={(why) =>
        send({
          title,
          send: ({ admin }, call) => admin.cancelBackfill(job, { why }, call),
          isApplied: async ({ api }) => (await api.admin.backfillQueue(job)).waiting === 0,
          follow: ({ dropped }, _api, tell) => Promise.resolve(tell(words.dropped(dropped))),
        })
      }
      onClose={onClose}
    />
  )
}
