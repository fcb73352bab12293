import type { LedgerEntryView } from '@pm/scheduler-core/contract/v2'
import type { RunDetail } from '../../../data/api.ts'

import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { Panel } from '../../../ui/panel.tsx'
import { JsonPanel } from '../json-panel.tsx'
import { AttemptsLine } from './attempts-line.tsx'
import { ProviderCalls } from './provider-calls.tsx'
import { RunError } from './run-error.tsx'
import { RunFacts } from './run-facts.tsx'
import { RunProgress } from './run-progress.tsx'
import { SameError } from './same-error.tsx'
import { WhoAsked } from './who-asked.tsx'

/** Everything about a run, the worst first. */
export function RunDetails({
  run,
  scheduler,
  around,
}: {
  readonly run: RunDetail
  readonly scheduler: string
  readonly around: readonly LedgerEntryView[] | null
}) {
  const job = useResource(`job ${run.job}`, ({ admin }) => admin.job(run.job), { scheduler })
  const { page: words, input } = strings.runs
  return (
    <>
      {run.error && <RunError run={run} error={run.error} />}
      {run.progress && <RunProgress progress={run.progress} run={run} />}
      <div class="columns">
        <Panel title={words.timings}>
          <RunFacts run={run} />
        </Panel>
        <Panel title={words.attempts}>
          <AttemptsLine run={run} most={job.data?.policies.retry.max_attempts ?? null} />
          <WhoAsked run={run} />
        </Panel>
      </div>
      {run.input !== null && <JsonPanel title={input.title} copy={input.copy} value={run.input} />}
      {run.calls.length > 0 && <ProviderCalls calls={run.calls} />}
      {run.error && <SameError run={run} error={run.error} around={around} />}
    </>
  )
}
