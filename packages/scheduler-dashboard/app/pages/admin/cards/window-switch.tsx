import { useQueryState } from '../../../data/use-query-state.ts'
import { strings } from '../../../strings/index.ts'
import { Segmented } from '../../../ui/segmented.tsx'
import { WINDOW_FIELDS } from './windows.ts'

/** What the numbers of all cards are over; it lives in the address. */
export function WindowSwitch() {
  const [{ window }, setQuery] = useQueryState(WINDOW_FIELDS)
  const words = strings.admin.window
  return (
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
  )
}
