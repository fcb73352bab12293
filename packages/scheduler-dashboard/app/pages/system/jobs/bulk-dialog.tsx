import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { strings } from '../../../strings/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'
import { type BulkKind, bulkCommand } from './bulk-command.ts'
import { PauseEnd, type UntilChoice, untilOf } from './pause-end.tsx'

const SHOWN = 12

/** Asks once for all selected jobs, and says plainly where they are. */
export function BulkDialog({
  kind,
  jobs,
  scheduler,
  onDone,
  onClose,
}: {
  readonly kind: BulkKind
  readonly jobs: readonly string[]
  readonly scheduler: string
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const { config, clock } = useApp()
  const send = useCommand(scheduler)
  const [until, setUntil] = useState<UntilChoice>({ kind: 'open' })
  const words = strings.jobs.bulk
  const title = words.title[kind](jobs.length)
  const end = untilOf(until, clock.now())
  return (
    <CommandDialog
      title={title}
      confirm={title}
      hurts={kind === 'pause'}
      effect={words.effect[kind]}
      problem={kind === 'pause' ? end.problem : null}
      onConfirm={async (why) => {
        const outcome = await send(bulkCommand({ kind, jobs, title, until: end.until, why }))
        if (outcome.kind === 'accepted') onDone()
        return outcome
      }}
      onClose={onClose}
    >
      <KeyValue
        pairs={[
          [words.where, <Where key="where" environment={config.environment} scheduler={nameOf(scheduler)} />],
          [words.which, <Names key="which" jobs={jobs} />],
        ]}
      />
      {kind === 'pause' && <PauseEnd choice={until} onChoice={setUntil} />}
    </CommandDialog>
  )

  function nameOf(key: string): string {
    return config.schedulers.find((one) => one.key === key)?.name ?? key
  }
}

function Where({
  environment,
  scheduler,
}: {
  readonly environment: ReturnType<typeof useApp>['config']['environment']
  readonly scheduler: string
}) {
  return (
    <span class="cluster">
      {environment && <Badge tone={environment.tone}>{environment.name}</Badge>}
      {scheduler}
    </span>
  )
}

function Names({ jobs }: { readonly jobs: readonly string[] }) {
  const rest = jobs.length - SHOWN
  return (
    <span>
      {jobs.slice(0, SHOWN).join(', ')}
      {rest > 0 && ` ${strings.jobs.bulk.more(rest)}`}
    </span>
  )
}
