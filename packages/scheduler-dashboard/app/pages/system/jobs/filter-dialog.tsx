import { useCommand } from '../../../data/use-command.ts'
import { useResource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { ResourceView } from '../../../ui/resource-view.tsx'
import type { BulkKind } from './bulk-command.ts'
import { filterCommand, type JobFilter, previewFilter } from './filter-command.ts'
import { JobsDialog } from './jobs-dialog.tsx'
import { Whom } from './whom.tsx'

export interface FilterDialogProps {
  readonly kind: BulkKind
  readonly filter: JobFilter
  readonly scheduler: string
  readonly onClose: () => void
}

/** Asks once for all jobs that a filter meets, after it has shown which these are. */
export function FilterDialog({ kind, filter, scheduler, onClose }: FilterDialogProps) {
  const send = useCommand(scheduler)
  const preview = useResource(
    `whom ${kind} meets ${JSON.stringify(filter)}`,
    (api) => previewFilter(api, kind, filter),
    { scheduler },
  )
  const words = strings.jobs.filter
  const met = preview.data
  return (
    <JobsDialog
      kind={kind}
      title={met === null ? words.title[kind] : strings.jobs.bulk.title[kind](met.count)}
      problem={met === null ? words.reading : met.count === 0 ? words.nobody : null}
      onConfirm={async (asked) => {
        const outcome = await send(filterCommand({ ...asked, filter, match: met?.match ?? '' }))
        // Others meet the filter now: the viewer looks at them first.
        if (outcome.kind === 'refused') preview.reload()
        return outcome
      }}
      onClose={onClose}
    >
      <ResourceView resource={preview} rows={2}>
        {({ jobs, count }) => <Whom scheduler={scheduler} jobs={jobs} count={count} />}
      </ResourceView>
    </JobsDialog>
  )
}
