import type { BackfillPreviewView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useCommand } from '../../../data/use-command.ts'
import { type Resource, useResource } from '../../../data/use-resource.ts'
import { useRested } from '../../../data/use-rested.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { useZone } from '../../../format/use-zone.ts'
import { instantsAt, wallTimeAt } from '../../../format/zoned.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import { useTo } from '../../../ui/go-to.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { useFormatAt } from '../runs/use-format-at.ts'
import { backfillCommand } from './backfill-command.ts'
import { leftOutInWords } from './left-out-words.ts'
import type { JobDialogProps } from './pause-dialog.tsx'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
/** One backfill covers at most a thousand. */
const FIRST_DUE_TIMES = 500
const TYPING_MS = 350
const SHOWN = 5

/** Runs the due times of a range that did not run: first it says which. */
export function BackfillDialog({ job: { name, interval_minutes: interval }, scheduler, onClose }: JobDialogProps) {
  const { clock } = useApp()
  const zone = useZone()
  const send = useCommand(scheduler)
  const goTo = useTo()
  const [from, setFrom] = useState(() => wallTimeAt(clock.now() - lengthFor(interval), zone))
  const [to, setTo] = useState(() => wallTimeAt(clock.now(), zone))
  const words = strings.backfill
  const [fromMs] = instantsAt(from, zone)
  const [toMs] = instantsAt(to, zone)
  const problem = problemOf(fromMs, toMs, clock.now())
  const range = problem === null ? { from: toIso(fromMs), to: toIso(toMs) } : null
  const asked = useRested(range && JSON.stringify(range), TYPING_MS)
  const preview = useResource(
    asked === null ? null : `backfill ${name} ${asked}`,
    ({ admin }) => admin.previewBackfill(name, JSON.parse(asked ?? '{}') as { from: string; to: string }),
    { scheduler },
  )
  const count = preview.data?.count ?? 0
  return (
    <CommandDialog
      title={words.title(name)}
      confirm={count === 0 ? words.confirmNone : words.confirm(formatNumber(count))}
      hurts
      problem={
        problem ?? preview.failure?.text ?? (preview.data === null ? words.reading : count === 0 ? words.nothing : null)
      }
      effect={<Preview preview={problem === null ? preview : null} problem={problem} />}
      onConfirm={(why) =>
        send(
          backfillCommand(name, {
            from: range?.from ?? '',
            to: range?.to ?? '',
            why,
            href: goTo(routes.runs({ job: name, trigger: 'backfill' })),
          }),
        )
      }
      onClose={onClose}
    >
      <div class="stack">
        <TextField label={words.from} type="datetime-local" value={from} onChange={setFrom} />
        <TextField label={words.to} type="datetime-local" value={to} onChange={setTo} />
      </div>
    </CommandDialog>
  )
}

/** A day, or less for a job that is due so often that a day is more than one backfill may cover. */
function lengthFor(intervalMinutes: number | null): number {
  return intervalMinutes === null ? DAY_MS : Math.min(DAY_MS, FIRST_DUE_TIMES * intervalMinutes * MINUTE_MS)
}

function problemOf(fromMs: number | undefined, toMs: number | undefined, nowMs: number): string | null {
  const words = strings.backfill
  if (fromMs === undefined || toMs === undefined) return words.missing
  if (fromMs >= toMs) return words.order
  return toMs > nowMs ? words.future : null
}

function toIso(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString()
}

function Preview({
  preview,
  problem,
}: {
  readonly preview: Resource<BackfillPreviewView> | null
  readonly problem: string | null
}) {
  const formatAt = useFormatAt()
  const words = strings.backfill
  if (preview === null) return <p>{problem}</p>
  if (preview.data === null) return <p class="muted">{preview.failure?.text ?? words.reading}</p>
  const { count, items } = preview.data
  const leftOut = leftOutInWords(preview.data.left_out)
  const rest = count - SHOWN
  return (
    <>
      <p>
        <strong>{count === 0 ? words.nothing : words.count(formatNumber(count))}</strong>
      </p>
      {items.length > 0 && (
        <p>
          {items.slice(0, SHOWN).map(formatAt).join(', ')} {rest > 0 && words.more(formatNumber(rest))}
        </p>
      )}
      {leftOut !== '' && (
        <p class="muted">
          {words.leftOut}: {leftOut}
        </p>
      )}
    </>
  )
}
