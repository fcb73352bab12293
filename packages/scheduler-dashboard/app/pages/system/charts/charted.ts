import type { HistoryQueryParams } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'

/** One line or bar of a chart. */
export interface ChartedSeries {
  readonly metric: HistoryQueryParams['metric']
  readonly label: string
  readonly token: string
}

export interface Charted {
  readonly id: 'lateness' | 'duration' | 'outcomes' | 'unrun' | 'rate' | 'queueWait'
  readonly title: string
  readonly kind: 'line' | 'stack'
  readonly unit: 'duration' | 'count' | 'percent'
  readonly series: readonly ChartedSeries[]
  /** Whether it is left out where no queue is. */
  readonly isOfQueues?: true
}

const { series: labels, ...titles } = strings.charts

/** What is charted, and in which order. */
const CHARTED: readonly Charted[] = [
  {
    id: 'outcomes',
    title: titles.outcomes,
    kind: 'stack',
    unit: 'count',
    series: [
      { metric: 'failed_runs_error', label: labels.failed, token: 'failed' },
      { metric: 'failed_runs_timed_out', label: labels.timedOut, token: 'late' },
      { metric: 'failed_runs_orphaned', label: labels.orphaned, token: 'accent' },
      { metric: 'interrupted_runs', label: labels.interrupted, token: 'interrupted' },
      { metric: 'cancelled_runs', label: labels.cancelled, token: 'unknown' },
      { metric: 'successful_runs', label: labels.succeeded, token: 'ok' },
    ],
  },
  {
    id: 'rate',
    title: titles.rate,
    kind: 'line',
    unit: 'percent',
    series: [{ metric: 'success_rate', label: labels.rate, token: 'ok' }],
  },
  {
    id: 'lateness',
    title: titles.lateness,
    kind: 'line',
    unit: 'duration',
    series: [
      { metric: 'p50_lateness_ms', label: labels.p50, token: 'accent' },
      { metric: 'p95_lateness_ms', label: labels.p95, token: 'late' },
      { metric: 'p99_lateness_ms', label: labels.p99, token: 'failed' },
    ],
  },
  {
    id: 'duration',
    title: titles.duration,
    kind: 'line',
    unit: 'duration',
    series: [
      { metric: 'p50_duration_ms', label: labels.p50, token: 'accent' },
      { metric: 'p95_duration_ms', label: labels.p95, token: 'late' },
    ],
  },
  {
    id: 'unrun',
    title: titles.unrun,
    kind: 'stack',
    unit: 'count',
    series: [
      { metric: 'missed_runs', label: labels.missed, token: 'late' },
      { metric: 'skipped_runs_overlap', label: labels.overlap, token: 'unknown' },
      { metric: 'skipped_runs_excluded', label: labels.excluded, token: 'accent' },
      { metric: 'suppressed', label: labels.suppressed, token: 'paused' },
    ],
  },
  {
    id: 'queueWait',
    title: titles.queueWait,
    kind: 'line',
    unit: 'duration',
    isOfQueues: true,
    series: [
      { metric: 'p50_queue_wait_ms', label: labels.p50, token: 'accent' },
      { metric: 'p95_queue_wait_ms', label: labels.p95, token: 'late' },
      { metric: 'p99_queue_wait_ms', label: labels.p99, token: 'failed' },
    ],
  },
]

/** What is charted of a scheduler. */
export function chartedOf({ hasQueue }: { readonly hasQueue: boolean }): readonly Charted[] {
  return CHARTED.filter(({ isOfQueues = false }) => hasQueue || !isOfQueues)
}
