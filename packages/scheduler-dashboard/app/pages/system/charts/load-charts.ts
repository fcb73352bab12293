import type { HistoryView } from '@pm/scheduler-core/contract/v2'

import type { Api } from '../../../data/api.ts'
import { createQueue } from '../../../data/queue.ts'
import type { Charted } from './charted.ts'
import type { Steps } from './range.ts'

/** Every charted metric over the same steps, by its id. */
export interface ChartFacts {
  readonly charted: readonly Charted[]
  readonly steps: Steps
  readonly histories: ReadonlyMap<string, HistoryView>
}

/** A browser has six connections to an origin; the others are for what is clicked meanwhile. */
const IN_FLIGHT = 4

interface ChartsQuery {
  readonly charted: readonly Charted[]
  readonly steps: Steps
  readonly job: string | null
  readonly signal: AbortSignal
}

export async function loadCharts(api: Api, { charted, steps, job, signal }: ChartsQuery): Promise<ChartFacts> {
  const queue = createQueue(IN_FLIGHT)
  const range = {
    from: new Date(steps.fromMs).toISOString(),
    to: new Date(steps.toMs).toISOString(),
    step_ms: steps.stepMs,
    ...(job !== null && { job }),
  }
  const metrics = charted.flatMap(({ series }) => series.map(({ metric }) => metric))
  const histories = await Promise.all(
    metrics.map((metric) => queue.add(() => api.admin.history({ ...range, metric }), signal)),
  )
  return { charted, steps, histories: new Map(histories.map((history) => [history.metric, history])) }
}
