import { routes } from '../../routes.ts'
import { strings } from '../../strings/index.ts'
import { Tabs } from '../../ui/tabs.tsx'

const words = strings.system.sections
const TABS = [
  { to: routes.system(), covers: '/system/jobs', label: words.jobs },
  { to: routes.runs(), label: words.runs },
  { to: routes.audit(), label: words.audit },
  { to: routes.charts(), label: words.charts },
  { to: routes.instances(), label: words.instances },
  { to: routes.resources(), label: words.resources },
]

/** Links to the sections. */
export function Sections() {
  return <Tabs label={strings.system.navigation} tabs={TABS} />
}
