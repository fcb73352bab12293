import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { text } from '../../../data/query-fields.ts'
import { useQueryState } from '../../../data/use-query-state.ts'
import { useResource } from '../../../data/use-resource.ts'
import { toMs, type Zone } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { wallTimeAt } from '../../../format/zoned.ts'
import { concernsJob } from '../../../live/changed.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { ResourceView } from '../../../ui/resource-view.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { Answer } from './answer.tsx'
import { toMoment } from './to-moment.ts'

/** The moment is in the address, so that an answer can be sent to somebody. */
const FIELDS = { at: text(40) }

type ZoneName = 'mine' | 'utc' | 'job'

/** "Why did it not run at ...?", as a question that one can ask. */
export function WhyPanel({
  job,
  zone: jobZone,
  scheduler,
}: {
  readonly job: string
  /** The zone of the job's schedule. */
  readonly zone: string | null
  readonly scheduler: string
}) {
  const { clock } = useApp()
  const viewers = useZone()
  const [{ at }, setQuery] = useQueryState(FIELDS)
  const [zoneName, setZoneName] = useState<ZoneName>(viewers === 'UTC' ? 'utc' : 'mine')
  const zone: Zone = zoneName === 'utc' ? 'UTC' : zoneName === 'job' ? (jobZone ?? 'UTC') : undefined
  const [wall, setWall] = useState(() => wallTimeAt(toMs(at) ?? wholeMinute(clock.now()), zone))
  const [problem, setProblem] = useState<string | null>(null)
  const words = strings.job.why
  const asked = toMs(at) === null ? null : at
  const answer = useResource(
    asked === null ? null : `explain ${job} ${asked}`,
    ({ admin }) => admin.explain(job, { at: asked ?? '' }),
    { scheduler, refreshOn: { view: 'admin', matches: (changed) => concernsJob(changed, job) } },
  )

  function ask(instant: string): void {
    setWall(wallTimeAt(toMs(instant) ?? 0, zone))
    setProblem(null)
    setQuery({ at: instant })
  }

  function submit(event: Event): void {
    event.preventDefault()
    const moment = toMoment(wall, zone)
    setProblem(moment.note)
    if (moment.at !== null) setQuery({ at: moment.at })
  }

  return (
    <Panel title={words.title}>
      <form class="why-form" onSubmit={submit} noValidate>
        <TextField
          label={words.at}
          type="datetime-local"
          value={wall}
          hint={words.hint}
          problem={problem}
          onChange={setWall}
        />
        <Segmented
          label={words.zone}
          value={zoneName}
          onChange={setZoneName}
          options={[
            { value: 'mine', label: words.zones.mine },
            { value: 'utc', label: words.zones.utc },
            ...(jobZone === null ? [] : [{ value: 'job' as const, label: words.zones.job(jobZone) }]),
          ]}
        />
        <Button type="submit" tone="primary">
          {words.ask}
        </Button>
      </form>
      {asked !== null && (
        <div class="why-answer">
          <ResourceView resource={answer} rows={3}>
            {(explanation) => <Answer explanation={explanation} jobZone={jobZone} onAsk={ask} />}
          </ResourceView>
        </div>
      )}
    </Panel>
  )
}

function wholeMinute(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000
}
