import { type Attributes, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'

import { toIso } from '../../clock.ts'
import type { AroundRun } from '../../ports/around-run.ts'
import type { StoredError } from '../../run/stored-error.ts'

export interface RunTracingOptions {
  /** Makes the spans, such as `trace.getTracer(name)` of `@opentelemetry/api`. */
  readonly tracer: Tracer
}

/**
 * Puts one active span around every run that begins in this process, with all its attempts: a handler's spans become its
 * children. The span carries the outcome; each attempt that fails is an exception event on it, without the scheduler's
 * secrets. For the option `aroundRun` of a scheduler or a worker.
 */
export function createRunTracing({ tracer }: RunTracingOptions): AroundRun {
  return ({ id, scheduler, job, scheduledFor }, execute) => {
    const attributes = {
      'scheduler.name': scheduler,
      'scheduler.job': job,
      'scheduler.run.id': id,
      ...(scheduledFor !== null && { 'scheduler.run.scheduled_for': toIso(scheduledFor) }),
    }
    return tracer.startActiveSpan(`run ${job}`, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
      const errors: StoredError[] = []
      const outcome = await execute({
        failed(error, attempt) {
          errors.push(error)
          span.addEvent('exception', exceptionOf(error, attempt))
        },
      })
      span.setAttribute('scheduler.run.outcome', outcome ?? 'lost')
      if (outcome !== 'succeeded') {
        const { code, message: text } = errors.at(-1) ?? LOST
        span.setAttribute('error.type', code)
        span.setStatus({ code: SpanStatusCode.ERROR, message: text })
      }
      span.end()
      return outcome
    })
  }
}

/** A run that now belongs to another instance, which tells its outcome. */
const LOST = { code: 'LEASE_LOST', message: 'lost' }

/** An exception event, as the semantic conventions of OpenTelemetry have it. The causes follow the stack, as in a log. */
function exceptionOf({ code, name, message, causes = [], stack = '' }: StoredError, attempt: number): Attributes {
  const behind = causes.map((cause) => `${'  '.repeat(cause.depth)}${cause.kind}: ${cause.name}: ${cause.message}`)
  return {
    'exception.type': name,
    'exception.message': message,
    'exception.stacktrace': [stack, ...behind].join('\n'),
    'scheduler.error.code': code,
    'scheduler.run.attempt': attempt,
  }
}
