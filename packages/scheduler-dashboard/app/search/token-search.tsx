import { useId, useMemo, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'

import { strings } from '../strings/index.ts'
import { SearchField } from '../ui/search-field.tsx'
import { formatSearch, parseSearch, queryOfSearch, type Search, searchOfQuery, type TokenKeys } from './tokens.ts'

/** The search that the query string holds now. `keys` is a constant outside of the component. */
export function useTokenSearch<K extends TokenKeys>(keys: K): Search<K> {
  const query = useSearch()
  return useMemo(() => searchOfQuery(keys, query), [keys, query])
}

/** A search by words and keys, `job:poll state:failed since:1h`, that lives in the query string. */
export function TokenSearch<K extends TokenKeys>({ keys, label }: { readonly keys: K; readonly label?: string }) {
  const id = useId()
  const query = useSearch()
  const [path, navigate] = useLocation()
  const search = useTokenSearch(keys)
  const [problems, setProblems] = useState<readonly string[]>([])

  function apply(typed: string): void {
    const asked = parseSearch(keys, typed)
    setProblems(asked.problems)
    // What is wrong stays as it was typed, and the list as it was.
    if (asked.problems.length > 0) return
    const next = queryOfSearch(keys, asked, query)
    navigate(next === '' ? path : `${path}?${next}`, { replace: true })
  }

  return (
    <div class="field" style={{ flex: '1 1 20rem' }}>
      <SearchField
        {...(label !== undefined && { label })}
        value={formatSearch(keys, search)}
        onSearch={apply}
        describedBy={id}
        isInvalid={problems.length > 0}
      />
      <span id={id} class={problems.length > 0 ? 'field-error' : 'field-hint'}>
        {problems.join(' ') ||
          strings.kit.tokens.hint(
            Object.keys(keys)
              .map((key) => `${key}:`)
              .join(' '),
          )}
      </span>
    </div>
  )
}
