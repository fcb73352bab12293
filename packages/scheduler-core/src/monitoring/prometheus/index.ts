import '#node-floor'

export type { FactId } from '../../view/facts.ts'
export type { InstrumentId } from '../instruments.ts'
export { type AlertRule, type AlertRuleFile, schedulerAlertRules } from './alert-rules.ts'
export { schedulerDashboard } from './dashboard.ts'
export { type MetricFamily, type Sample, toMetricFamilies } from './metric-families.ts'
export { prometheusNameOf } from './name-of.ts'
export { type PrometheusRegistry, registerSchedulerMetrics } from './register-scheduler-metrics.ts'
