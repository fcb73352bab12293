import type { PreviewView, ScheduleView } from '@pm/scheduler-core/contract/v2'

import type { Resource } from '../../../data/use-resource.ts'
import { formatFull, isZone, toMs, type Zone } from '../../../format/instants.ts'
import { useZone } from '../../../format/use-zone.ts'
import { strings } from '../../../strings/index.ts'
import type { ScheduleDraft } from './schedule-draft.ts'
import { zoneOf } from './zone-of.ts'

/** The next due times by the schedule that is in effect, beside those by the one that is typed. */
export function SchedulePreview({
  before,
  after,
  schedule,
  draft,
}: {
  readonly before: Resource<PreviewView>
  readonly after: Resource<PreviewView> | null
  readonly schedule: ScheduleView
  readonly draft: ScheduleDraft
}) {
  const viewers = useZone()
  const words = strings.policies.schedule
  const then = draft.kind === 'cron' && isZone(draft.timezone) ? draft.timezone : viewers
  return (
    <>
      <p>{words.preview}</p>
      <div class="before-after">
        <DueTimes title={words.before} preview={before} zone={zoneOf(schedule) ?? viewers} />
        <DueTimes title={words.after} preview={after} zone={then} />
      </div>
    </>
  )
}

function DueTimes({
  title,
  preview,
  zone,
}: {
  readonly title: string
  readonly preview: Resource<PreviewView> | null
  readonly zone: Zone
}) {
  return (
    <div>
      <h3>{title}</h3>
      <Lines preview={preview} zone={zone} />
    </div>
  )
}

function Lines({ preview, zone }: { readonly preview: Resource<PreviewView> | null; readonly zone: Zone }) {
  const words = strings.policies.schedule
  if (preview === null) return <p class="muted">{words.missing}</p>
  if (preview.failure !== null && preview.data === null) return <p class="field-error">{words.cannot}</p>
  if (preview.data === null) return <p class="muted">{words.asking}</p>
  if (preview.data.items.length === 0) return <p>{words.noneLeft}</p>
  return (
    <ol>
      {preview.data.items.map(({ due_at }) => (
        <li key={due_at}>{formatFull(toMs(due_at) ?? 0, zone)}</li>
      ))}
    </ol>
  )
}
