import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Empty } from '../../../ui/messages.tsx'

/** No row: because of the search, or because nothing was due yet. */
export function NoRuns({ isFiltered }: { readonly isFiltered: boolean }) {
  const { none, empty } = strings.runs
  if (!isFiltered) return <Empty {...empty} />
  return (
    <Empty title={none.title} text={none.text}>
      <GoTo to={routes.runs()}>{none.reset}</GoTo>
    </Empty>
  )
}
