// First, so that a Node that is too old is refused in one sentence.
import '@pm/scheduler-core'

export { checkHistory } from './crash/check-history.ts'
export { FAILPOINTS, type FailpointName, type UnitOfWorkName } from './crash/failpoint-names.ts'
export { createFailpoints, type FailpointOptions, type Failpoints } from './crash/failpoints.ts'
export {
  type HistoryFile,
  type HistoryLine,
  openHistory,
  type ProcessLine,
  type RunLine,
  readHistory,
  type SettledLine,
  type StallLine,
} from './crash/history.ts'
export {
  type CheckedJob,
  type HistoryCheck,
  VIOLATION_KINDS,
  type Violation,
  type ViolationKind,
} from './crash/history-check.ts'
export { createHistoryTeller, type HistoryTeller, type TellHistoryOptions } from './crash/tell-history.ts'
export { type FailNthOptions, type FailNthReport, failNth } from './faults/fail-nth.ts'
export { FAULT_MOMENTS, type FaultMoment, InjectedFault, isInjectedFault } from './faults/fault.ts'
export {
  createNthPlan,
  createRandomPlan,
  type FaultPlan,
  type FaultRule,
  type InjectedEffect,
} from './faults/fault-plan.ts'
export { createFaultyBackend, type FaultyBackend, type FaultyBackendOptions } from './faults/faulty-backend.ts'
export { createLeakSentinel, type LeakSentinel, type LeakSentinelOptions } from './faults/leak-sentinel.ts'
export type { TcpCondition } from './faults/tcp-condition.ts'
export { createTcpProxy, type TcpProxy, type TcpProxyOptions } from './faults/tcp-proxy.ts'
export {
  createFakeProvider,
  type FakeAnswer,
  type FakeProvider,
  type FakeProviderOptions,
} from './manual/fake-provider.ts'
export {
  type Backend,
  createManualScheduler,
  type ManualScheduler,
  type ManualSchedulerOptions,
} from './manual/manual-scheduler.ts'
export { createManualClock, type ManualClock, type ManualClockOptions } from './manual-clock.ts'
export {
  createMemoryEngine,
  type MemoryEngineOptions,
  type MemoryEngineServer,
} from './memory-engine/create-memory-engine.ts'
export type { MemoryEngine } from './memory-engine/engine-on.ts'
export type { MessageFate } from './memory-engine/message-store.ts'
export {
  type ConsistencyOptions,
  expectConsistentViews,
  findDisagreements,
  type ViewedResponse,
} from './standard/expect-consistent-views.ts'
export { expectStandardMetrics, findDeviations, type StandardOptions } from './standard/expect-standard-metrics.ts'
export { type MetricMatchers, metricMatchers } from './standard/metric-matchers.ts'
export { type ReadStatusOptions, readStatus } from './standard/read-status.ts'
export { STANDARD_VIEWS, type StandardView, type StandardViewName } from './standard/views.ts'
export { type PlayOptions, playTrace, toTraceRows } from './traces/play-trace.ts'
export type { ScriptedAttempt, Trace, TraceRow, TraceScript, TraceStep } from './traces/trace.ts'
export { TRACES, type TraceName } from './traces/traces.ts'
export {
  type AdmittedRequest,
  type Credentials,
  type ScopedCaller,
  WALK_STORIES,
  type WalkAnswer,
  type WalkedView,
  type WalkOptions,
  type WalkReport,
  type WalkRequest,
  type WalkStory,
} from './walk/walk.ts'
export { walkRoutes } from './walk/walk-routes.ts'
