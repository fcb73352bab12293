import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'

export function InstancesSection() {
  useTitle(strings.system.sections.instances)
  return (
    <>
      <h1>{strings.system.sections.instances}</h1>
      <Empty />
    </>
  )
}
