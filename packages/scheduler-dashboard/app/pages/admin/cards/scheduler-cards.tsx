import { useQueryState } from '../../../data/use-query-state.ts'
import { strings } from '../../../strings/index.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import type { Member } from '../use-fleet.ts'
import { SchedulerCard } from './scheduler-card.tsx'
import { WINDOW_FIELDS } from './windows.ts'

/** Every scheduler of the host beside the others, with one switch for what the numbers are over. */
export function SchedulerCards({ members }: { readonly members: readonly Member[] }) {
  const [{ window }, setQuery] = useQueryState(WINDOW_FIELDS)
  const words = strings.admin.window
  return (
    <div class="stack admin-cards">
      <div class="cluster admin-window">
        <span class="muted">{words.label}</span>
        <Segmented
          label={words.label}
          value={window}
          onChange={(next) => setQuery({ window: next })}
          options={[
            { value: 'last_hour', label: words.last_hour },
            { value: 'recent', label: words.recent },
            { value: 'lifetime', label: words.lifetime },
          ]}
        />
      </div>
      <div class="columns">
        {members.map((member) => (
          <SchedulerCard key={member.key} member={member} window={window} />
        ))}
      </div>
    </div>
  )
}
