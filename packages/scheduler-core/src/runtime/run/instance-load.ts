import type { InstanceLoad } from '../../ports/definitions.ts'
import { limitOf } from '../../reading/limit-of.ts'
import type { InstanceContext } from './instance-context.ts'

/** What this instance tells of itself with its heartbeat. */
export function instanceLoad<S extends object>({
  options,
  configuration,
  handOver,
  messages,
}: Pick<InstanceContext<S>, 'options' | 'configuration' | 'handOver' | 'messages'>): InstanceLoad {
  const { concurrency } = configuration
  const handsOn = options.role === 'scheduler' && handOver !== null
  return {
    concurrency: handsOn ? 0 : limitOf(concurrency),
    droppedMessages: messages.dropped,
    leftMessages: messages.left,
  }
}
