import { schedulerAlertRules } from './alert-rules.ts'
import { schedulerDashboard } from './dashboard.ts'

/** The alert rules and the dashboard as files. JSON is YAML, too: Prometheus takes the rules as they are. */
export function monitoringFiles(): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'alert-rules.yml', text: `${JSON.stringify(schedulerAlertRules(), null, 2)}\n` },
    { name: 'dashboard.json', text: `${JSON.stringify(schedulerDashboard(), null, 2)}\n` },
  ]
}
