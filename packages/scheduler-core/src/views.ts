import '#node-floor'

export type { MetricDefinition } from './metrics/definition.ts'
export { evaluateMetric, type MetricValue } from './metrics/evaluate.ts'
export { METRICS, type MetricId, metricNamed } from './metrics/metrics.ts'
export { meanOf, percentOf } from './metrics/percent.ts'
export { type MetricScope, metricScopeOf } from './metrics/scope.ts'
export type { MetricSubject, MetricSubjects } from './metrics/subjects.ts'
export type { CustomDefinition, Described, MetricKind, Sensitivity } from './reading/described.ts'
export type { InstanceReading } from './reading/instance-reading.ts'
export type {
  CallReading,
  CustomReading,
  FeedCounts,
  FeedReading,
  FeedsReading,
  HeldSessionReading,
  JobReading,
  PoliciesReading,
  ProviderReading,
  RunReading,
  SchedulerReading,
  SessionsReading,
  StoreReading,
  UptimeReading,
} from './reading/snapshot.ts'
export type { BaseUnit, MetricUnit } from './reading/units.ts'
export type { WindowId } from './run/windows.ts'
export { adminStatusViewV1 } from './status/admin-status-v1.ts'
export { adminStatusViewV2 } from './status/admin-status-v2.ts'
export { marketDataStatusViewV1 } from './status/market-data-status-v1.ts'
export { marketDataStatusViewV2 } from './status/market-data-status-v2.ts'
export {
  factField,
  feedCountsField,
  fieldIf,
  fieldIfKnown,
  listField,
  type MetricJson,
  metricField,
  objectOrNull,
  providerConditionsField,
  recordField,
} from './view/bind.ts'
export type { FieldBinding } from './view/bindings-of.ts'
export { type DefineViewOptions, defineView, type ResponseOf, type StatusView } from './view/define-view.ts'
export type { FactId } from './view/facts.ts'
