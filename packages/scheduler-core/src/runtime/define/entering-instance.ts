import { placeOfProcess } from '../../host/process-probe.ts'
import type { EnteringInstance } from '../../ports/definitions.ts'
import type { InstanceContext } from '../run/instance-context.ts'

/**
 * This instance as the store is to know it: with the jobs that it has, and with the time zone data that it goes by. A worker
 * goes by none: it decides no due time, so no scheduler may leave one to it.
 */
export function enteringInstance<S extends object>(
  { instance, leaseMs, options, configuration }: InstanceContext<S>,
  timeZoneData: string | null = options.role === 'worker' ? null : options.timeZoneData,
): EnteringInstance {
  const { holds } = configuration.definitions
  const role = options.role === 'worker' ? 'worker' : 'scheduler'
  return {
    instance,
    role,
    leaseMs,
    timeZoneData,
    ...placeOfProcess(options.redact),
    version: options.deployment,
    holds,
  }
}
