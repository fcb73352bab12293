import { useApp } from '../../../app-context.ts'
import { strings } from '../../../strings/index.ts'
import { Badge } from '../../../ui/badge.tsx'

/** The environment in which a command takes effect, plain to see before it is sent. */
export function Where() {
  const { environment } = useApp().config
  if (environment === null) return null
  return (
    <p class="cluster">
      <strong>{strings.admin.controls.in}</strong> <Badge tone={environment.tone}>{environment.name}</Badge>
    </p>
  )
}
