import type { RunView } from '@pm/scheduler-core/contract/v2'

import { formatDuration } from '../../../format/durations.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { GoTo } from '../../../ui/go-to.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { Time } from '../../../ui/time.tsx'
import { itemsInWords } from './to-run-words.ts'

/** When it was due, began and ended, and what it did; each number says what it is. */
export function RunFacts({ run }: { readonly run: RunView }) {
  const { facts: words, help, triggers } = strings.runs
  const { scheduled_for, queued_at, started_at, settled_at, queue_wait_ms, lateness_ms, duration_ms, instance, id } =
    run
  const isQueued = run.state === 'queued'
  return (
    <KeyValue
      pairs={[
        [words.due, <Time key="due" at={scheduled_for} as="absolute" none={strings.runs.byHand} />],
        ...(queued_at === null
          ? []
          : [
              [words.queued, <Time key="queued" at={queued_at} as="absolute" />] as const,
              [
                words.queueWait,
                <Explained key="waited" value={formatDuration(queue_wait_ms)} help={help.queueWait} />,
              ] as const,
            ]),
        [
          words.started,
          <Time key="started" at={started_at} as="absolute" none={isQueued ? words.notYet : strings.runs.neverBegan} />,
        ],
        [words.settled, <Time key="settled" at={settled_at} as="absolute" none={words.notYet} />],
        [words.lateness, <Explained key="late" value={formatDuration(lateness_ms)} help={help.lateness} />],
        [words.duration, <Explained key="took" value={formatDuration(duration_ms)} help={help.duration} />],
        [words.items, <Explained key="items" value={itemsInWords(run.items) || words.noItems} help={help.items} />],
        [words.trigger, triggers[run.trigger]],
        [
          isQueued ? words.claimedBy : words.instance,
          <GoTo key="instance" to={routes.runs({ instance })}>
            {instance}
          </GoTo>,
        ],
        [
          words.id,
          <span key="id" class="cluster">
            <code>{id}</code>
            <CopyButton text={id} label={words.copyId} />
          </span>,
        ],
      ]}
    />
  )
}

function Explained({ value, help }: { readonly value: string; readonly help: string }) {
  return (
    <Popover class="time" content={() => help}>
      {value}
    </Popover>
  )
}
