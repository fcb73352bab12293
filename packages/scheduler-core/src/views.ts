import '#node-floor'

export type { MetricDefinition } from './metrics/definition.ts'
export { evaluate, type MetricValue } from './metrics/evaluate.ts'
export { METRICS, type MetricId, metricNamed } from './metrics/metrics.ts'
export { mean, percent } from './metrics/percent.ts'
export { type Scope, scopeOf } from './metrics/scope.ts'
export type { Subject, Subjects } from './metrics/subjects.ts'
export type { Audience, HostAudience, LibraryAudience } from './reading/audience.ts'
export type { CustomDefinition, Described, MetricKind, Sensitivity } from './reading/described.ts'
export type {
  CallReading,
  CustomReading,
  FeedCounts,
  FeedReading,
  FeedsReading,
  HeldSessionReading,
  InstanceReading,
  JobReading,
  PoliciesReading,
  ProviderReading,
  RunReading,
  SchedulerReading,
  SessionsReading,
  StoreReading,
  UptimeReading,
} from './reading/snapshot.ts'
export type { BaseUnit, UnitName } from './reading/units.ts'
export type { WindowId } from './run/windows.ts'
export { adminStatusViewV1 } from './status/admin-status-v1.ts'
export { adminStatusViewV2 } from './status/admin-status-v2.ts'
export { marketDataStatusViewV1 } from './status/market-data-status-v1.ts'
export { marketDataStatusViewV2 } from './status/market-data-status-v2.ts'
export { byName, each, fact, feedCounts, ifKnown, type MetricJson, metric, only, orNull } from './view/bind.ts'
export type { Binding } from './view/bindings-of.ts'
export { defineView, type ResponseOf, type View, type ViewOptions } from './view/define-view.ts'
export type { FactId } from './view/facts.ts'
