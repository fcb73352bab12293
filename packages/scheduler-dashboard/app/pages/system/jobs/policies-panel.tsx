import type { JobView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { strings } from '../../../strings/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import type { Column } from '../../../ui/column.ts'
import { Panel } from '../../../ui/panel.tsx'
import { Popover } from '../../../ui/popover.tsx'
import { Table } from '../../../ui/table.tsx'
import { useFormatAt } from '../runs/use-format-at.ts'
import { EditPoliciesDialog } from './edit-policies-dialog.tsx'
import { EditScheduleDialog } from './edit-schedule-dialog.tsx'
import { type PolicyRow, toPolicyRows } from './to-policy-rows.ts'
import { UndoDialog } from './undo-dialog.tsx'

export interface PoliciesPanelProps {
  readonly job: JobView
  readonly scheduler: string
  readonly canChange: boolean
  readonly onChanged: () => void
}

type Asked = 'policies' | 'schedule' | PolicyRow

/** The schedule and the policies in words: what is in effect, what the code says, and what was changed here. */
export function PoliciesPanel({ job, scheduler, canChange, onChanged }: PoliciesPanelProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const formatAt = useFormatAt()
  const words = strings.policies
  const because = job.retired_at !== null ? strings.job.controls.isRetired : canChange ? null : strings.jobs.readOnly
  const about = { job, scheduler, onConflict: onChanged, onClose: () => setAsked(null) }
  const controls = (
    <div class="cluster">
      <Button disabledBecause={because} onClick={() => setAsked('schedule')}>
        {words.changeSchedule}
      </Button>
      <Button disabledBecause={because} onClick={() => setAsked('policies')}>
        {words.change}
      </Button>
    </div>
  )
  return (
    <Panel title={words.title} aside={controls}>
      <Table
        label={strings.job.table(words.title, job.name)}
        columns={columnsOf(because === null ? setAsked : null)}
        rows={toPolicyRows(job, formatAt)}
        keyOf={({ name }) => name}
      />
      {asked === 'policies' && <EditPoliciesDialog {...about} />}
      {asked === 'schedule' && <EditScheduleDialog {...about} />}
      {typeof asked === 'object' && asked !== null && <UndoDialog {...about} row={asked} />}
    </Panel>
  )
}

function columnsOf(onUndo: ((row: PolicyRow) => void) | null): readonly Column<PolicyRow>[] {
  const words = strings.policies.columns
  return [
    {
      id: 'policy',
      title: words.policy,
      cell: ({ label, help }) => (
        <Popover class="time" content={() => help}>
          {label}
        </Popover>
      ),
    },
    {
      id: 'effect',
      title: words.effect,
      cell: ({ effective, pattern, isOverridden }) => (
        <span class="cluster">
          <span class="anywhere">{effective}</span>
          {pattern !== null && <code>{pattern}</code>}
          {isOverridden && <Badge>{strings.policies.overridden}</Badge>}
        </span>
      ),
    },
    {
      id: 'code',
      title: words.code,
      cell: ({ inCode, isOverridden }) => (isOverridden ? inCode : <span class="muted">{strings.policies.same}</span>),
    },
    {
      id: 'undo',
      title: words.undo,
      align: 'end',
      cell: (row) =>
        row.isOverridden &&
        onUndo && (
          <Button tone="quiet" onClick={() => onUndo(row)}>
            {strings.policies.undo}
            <span class="sr-only"> {row.label}</span>
          </Button>
        ),
    },
  ]
}
