import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'

export function ResourcesSection() {
  useTitle(strings.system.sections.resources)
  return (
    <>
      <h1>{strings.system.sections.resources}</h1>
      <Empty />
    </>
  )
}
