import type { Scheduler } from '@pm/scheduler-core'
import { registerSchedulerMetrics } from '@pm/scheduler-core/prometheus'
import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Registry } from 'prom-client'

import { accountBehindGate } from '../auth/gate.ts'
import { sendProblem } from './problem.ts'

/**
 * `GET /metrics` for Prometheus, for admins only: the metrics of the schedulers and the process metrics of prom-client.
 */
export function metricsRoute(schedulers: readonly Scheduler[]): RequestHandler {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  registerSchedulerMetrics(registry, schedulers)
  return async (_request, response) => {
    if (accountBehindGate(response).role !== 'admin') return sendProblem(response, 403)
    response.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' }).send(await registry.metrics())
  }
}
