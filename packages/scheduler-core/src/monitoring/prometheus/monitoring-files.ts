import type { Declared } from '../../ports/declared.ts'
import { schedulerAlertRules } from './alert-rules.ts'
import { grafanaDashboard } from './dashboard.ts'

/** The alert rules and the dashboard of a host whose sources declare this, as files. JSON is YAML, too: Prometheus takes the rules as they are. */
export function monitoringFiles(declared: Declared): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'alert-rules.yml', text: `${JSON.stringify(schedulerAlertRules(declared), null, 2)}\n` },
    { name: 'dashboard.json', text: `${JSON.stringify(grafanaDashboard(declared), null, 2)}\n` },
  ]
}
