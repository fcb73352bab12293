import type { ExplanationView } from '@pm/scheduler-core/contract/v2'

import { useApp } from '../../../app-context.ts'
import { useResource } from '../../../data/use-resource.ts'
import { useZone } from '../../../format/use-zone.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { GoTo } from '../../../ui/go-to.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { type Fate, fateOf } from './fates.ts'
import { FateWord } from './shape.tsx'
import { sentenceInZone } from './to-words.ts'
import { EntryFacts, WhyFacts } from './why-facts.tsx'

/** A due time, or a run that stands for none. */
export type Asked =
  | { readonly job: string; readonly at: string; readonly run?: undefined }
  | { readonly job: string; readonly run: string; readonly at?: undefined }

const { why: words, fates } = strings.audit

/** Why one due time ran or did not, in one sentence, with what the ledger has of it. */
export function WhyAnswer({ asked, scheduler }: { readonly asked: Asked; readonly scheduler: string }) {
  return asked.run === undefined ? (
    <DueTime job={asked.job} at={asked.at} scheduler={scheduler} />
  ) : (
    <RunByHand run={asked.run} scheduler={scheduler} />
  )
}

function DueTime({ job, at, scheduler }: { readonly job: string; readonly at: string; readonly scheduler: string }) {
  const answer = useResource(`why ${job} ${at}`, (api) => api.admin.explain(job, { at }), {
    scheduler,
    refreshOn: { view: 'admin' },
    countNew: () => 0,
  })
  return (
    <ResourceView resource={answer} rows={5}>
      {(explanation) => (
        <div class="stack">
          <Head fate={fateOfExplanation(explanation)} job={job} />
          <Sentence text={explanation.text} />
          <WhyFacts explanation={explanation} />
          <div class="cluster">
            {explanation.kind === 'recorded' && explanation.entry.kind === 'run' && (
              <GoTo to={routes.run(explanation.entry.id)}>{words.run}</GoTo>
            )}
            <CopyButton text={() => window.location.href} label={words.link} />
          </div>
        </div>
      )}
    </ResourceView>
  )
}

function Sentence({ text }: { readonly text: string }) {
  const { clock } = useApp()
  const zone = useZone()
  return (
    <p class="audit-sentence" role="status">
      {sentenceInZone(text, { nowMs: clock.now(), zone })}
    </p>
  )
}

function Head({ fate, job }: { readonly fate: Fate | null; readonly job: string }) {
  return (
    <div class="spread">
      {fate === null ? <span /> : <FateWord fate={fate}>{fates[fate]}</FateWord>}
      <GoTo to={routes.job(job)}>{job}</GoTo>
    </div>
  )
}

function RunByHand({ run, scheduler }: { readonly run: string; readonly scheduler: string }) {
  const found = useResource(`run ${run}`, (api) => api.admin.run(run), {
    scheduler,
    refreshOn: { view: 'admin' },
    countNew: () => 0,
  })
  return (
    <ResourceView resource={found} rows={5}>
      {(entry) => (
        <div class="stack">
          <Head fate={fateOf(entry)} job={entry.job} />
          <p class="audit-sentence" role="status">
            {words.manual}
          </p>
          <EntryFacts entry={entry} />
          <GoTo to={routes.run(entry.id)}>{words.run}</GoTo>
        </div>
      )}
    </ResourceView>
  )
}

function fateOfExplanation(explanation: ExplanationView): Fate | null {
  switch (explanation.kind) {
    case 'recorded':
      return fateOf(explanation.entry)
    case 'pending':
      return 'pending'
    case 'foreseen':
      return 'coming'
    case 'unknown':
      return explanation.reason === 'unexplained' ? 'unexplained' : null
    case 'not-due':
    case 'not-defined':
      return null
  }
}
