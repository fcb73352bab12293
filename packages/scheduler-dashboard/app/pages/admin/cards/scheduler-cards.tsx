import { useQueryState } from '../../../data/use-query-state.ts'
import type { Member } from '../use-fleet.ts'
import { SchedulerCard } from './scheduler-card.tsx'
import { WINDOW_FIELDS } from './windows.ts'

/** Every scheduler of the host beside the others. */
export function SchedulerCards({ members }: { readonly members: readonly Member[] }) {
  const [{ window }] = useQueryState(WINDOW_FIELDS)
  return (
    <div class="columns admin-cards">
      {members.map((member) => (
        <SchedulerCard key={member.key} member={member} window={window} />
      ))}
    </div>
  )
}
