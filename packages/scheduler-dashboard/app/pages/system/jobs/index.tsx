import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'

/** `/system`: every job. */
export function JobsSection() {
  useTitle(strings.system.sections.jobs)
  return (
    <>
      <h1>{strings.system.sections.jobs}</h1>
      <Empty />
    </>
  )
}
