import { useQueryState } from '../../../data/use-query-state.ts'
import { strings } from '../../../strings/index.ts'
import { SearchField } from '../../../ui/search-field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { AUDIT_QUERY } from './query.ts'

/** Which jobs are shown, and how. */
export function AuditTools() {
  const [{ q, show, view }, setQuery] = useQueryState(AUDIT_QUERY)
  const words = strings.audit
  return (
    <div class="spread">
      <SearchField label={words.search} value={q} onSearch={(text) => setQuery({ q: text })} />
      <div class="cluster">
        <Segmented
          label={words.show.label}
          value={show}
          options={[
            { value: 'all', label: words.show.all },
            { value: 'problems', label: words.show.problems },
          ]}
          onChange={(value) => setQuery({ show: value })}
        />
        <Segmented
          label={words.view.label}
          value={view}
          options={[
            { value: 'picture', label: words.view.picture },
            { value: 'table', label: words.view.table },
          ]}
          onChange={(value) => setQuery({ view: value })}
        />
      </div>
    </div>
  )
}
