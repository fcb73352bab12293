import { useTitle } from '../../../shell/use-title.ts'
import { strings } from '../../../strings/index.ts'
import { Empty } from '../../../ui/messages.tsx'

export function ChartsSection() {
  useTitle(strings.system.sections.charts)
  return (
    <>
      <h1>{strings.system.sections.charts}</h1>
      <Empty />
    </>
  )
}
