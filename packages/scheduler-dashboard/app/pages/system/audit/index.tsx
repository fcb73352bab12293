import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'

export function AuditSection() {
  useTitle(strings.system.sections.audit)
  return (
    <>
      <h1>{strings.system.sections.audit}</h1>
      <Empty />
    </>
  )
}
