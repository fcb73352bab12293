import { placeOfProcess } from '../../host/process-probe.ts'
import type { EnteringInstance } from '../../ports/definitions.ts'
import type { InstanceContext } from '../run/instance-context.ts'

/** This instance as the store is to know it: with the jobs that it has, and with the time zone data that it goes by. */
export function enteringInstance<S extends object>(
  { instance, leaseMs, options, configuration }: InstanceContext<S>,
  timeZoneData: string | null = options.timeZoneData,
): EnteringInstance {
  const { holds } = configuration.definitions
  return { instance, leaseMs, timeZoneData, ...placeOfProcess(options.redact), version: options.deployment, holds }
}
