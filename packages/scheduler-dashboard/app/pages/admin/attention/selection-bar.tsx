import { useState } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { BulkDialog } from '../controls/bulk-dialog.tsx'
import type { AttentionRow } from './to-attention.ts'

/** What can be done to the selected jobs together. */
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
  const paused = rows.filter(({ isPaused }) => isPaused)
  const running = rows.filter(({ isPaused }) => !isPaused)
  return (
    <fieldset class="cluster admin-group admin-selection">
      <legend class="sr-only">{words.selected(rows.length)}</legend>
      <strong aria-hidden="true">{words.selected(rows.length)}</strong>
      <Button icon="pause" disabledBecause={running.length === 0 ? off.all : null} onClick={() => setAsked('pause')}>
        {words.pause}
      </Button>
      <Button icon="play" disabledBecause={paused.length === 0 ? off.none : null} onClick={() => setAsked('resume')}>
        {words.resume}
      </Button>
      <Button tone="quiet" onClick={onClear}>
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
