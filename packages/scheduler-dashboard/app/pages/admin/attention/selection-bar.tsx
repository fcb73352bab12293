import { useState } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { BulkDialog } from '../controls/bulk-dialog.tsx'
import type { AttentionRow } from './to-attention.ts'

/** What can be done to the selected jobs together. Always there, so that no row moves when the first is selected. */
export function SelectionBar({
  rows,
  onClear,
}: {
  readonly rows: readonly AttentionRow[]
  readonly onClear: () => void
}) {
  const words = strings.admin.attention
  const { off } = strings.admin.controls
  const [asked, setAsked] = useState<'pause' | 'resume' | null>(null)
  const isNone = rows.length === 0
  const paused = rows.filter(({ isPaused }) => isPaused)
  const running = rows.filter(({ isPaused }) => !isPaused)
  return (
    <fieldset class="cluster admin-group admin-selection" data-some={rows.length > 0 || undefined}>
      <legend class="sr-only">{words.selected(rows.length)}</legend>
      <span aria-hidden="true">{words.selected(rows.length)}</span>
      <Button
        icon="pause"
        disabledBecause={isNone ? off.nothing : running.length === 0 ? off.all : null}
        onClick={() => setAsked('pause')}
      >
        {words.pause}
      </Button>
      <Button
        icon="play"
        disabledBecause={isNone ? off.nothing : paused.length === 0 ? off.none : null}
        onClick={() => setAsked('resume')}
      >
        {words.resume}
      </Button>
      <Button tone="quiet" disabledBecause={isNone ? off.nothing : null} onClick={onClear}>
        {words.clear}
      </Button>
      {asked && (
        <BulkDialog
          what={asked}
          rows={asked === 'pause' ? running : paused}
          onClose={() => setAsked(null)}
          onSent={onClear}
        />
      )}
    </fieldset>
  )
}
