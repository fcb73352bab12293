import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'

import { toIso } from '../../clock.ts'
import { createInProcessEngine, type Engine, type RunMessage, type RunOutcome } from '../../ports/engine.ts'

export interface TracingEngineOptions {
  /** Makes the spans, such as `trace.getTracer(name)` of `@opentelemetry/api`. */
  readonly tracer: Tracer
  /** Where runs are executed (default in this process). */
  readonly engine?: Engine
}

/**
 * An engine that puts one active span around every run, with all its attempts: a handler's spans become its children.
 * The span carries the outcome and no error text.
 */
export function createTracingEngine({ tracer, engine = createInProcessEngine() }: TracingEngineOptions): Engine {
  return {
    start: (execute) => engine.start((message) => traced(tracer, message, execute)),
    dispatch: (messages) => engine.dispatch(messages),
    stop: () => engine.stop(),
  }
}

function traced(
  tracer: Tracer,
  message: RunMessage,
  execute: (message: RunMessage) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const { scheduler, job, idempotencyKey, scheduledFor } = message
  const attributes = {
    'scheduler.name': scheduler,
    'scheduler.job': job,
    'scheduler.run.id': idempotencyKey,
    ...(scheduledFor !== null && { 'scheduler.run.scheduled_for': toIso(scheduledFor) }),
  }
  return tracer.startActiveSpan(`run ${job}`, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
    const outcome = await execute(message)
    span.setAttribute('scheduler.run.outcome', outcome ?? 'lost')
    if (outcome !== 'succeeded') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome ?? 'lost' })
    span.end()
    return outcome
  })
}
