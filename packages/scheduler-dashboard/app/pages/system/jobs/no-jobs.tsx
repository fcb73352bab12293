import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/messages.tsx'

/** No row: because of the filters, or because there is no job. */
export function NoJobs({ isFiltered, onReset }: { readonly isFiltered: boolean; readonly onReset: () => void }) {
  const { none, empty } = strings.jobs
  if (!isFiltered) return <Empty {...empty} />
  return (
    <Empty title={none.title} text={none.text}>
      <Button onClick={onReset}>{none.reset}</Button>
    </Empty>
  )
}
