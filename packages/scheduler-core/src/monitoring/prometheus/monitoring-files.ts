import { schedulerAlertRules } from './alert-rules.ts'
import { type DashboardOptions, schedulerDashboard } from './dashboard.ts'

/** The alert rules and the dashboard as files. JSON is YAML, too: Prometheus takes the rules as they are. */
export function monitoringFiles(
  options: DashboardOptions,
): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'alert-rules.yml', text: `${JSON.stringify(schedulerAlertRules(), null, 2)}\n` },
    { name: 'dashboard.json', text: `${JSON.stringify(schedulerDashboard(options), null, 2)}\n` },
  ]
}
