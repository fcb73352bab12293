import { useCallback, useMemo } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'

import { type AnyQueryField, type QueryValues, readQuery, writeQuery } from './query-fields.ts'

/**
 * Filters that live in the query string, so that a link and the back button have them. `fields` is a constant outside of
 * the component. Setting replaces the entry of the history unless `push` is asked for.
 */
export function useQueryState<F extends Readonly<Record<string, AnyQueryField>>>(
  fields: F,
): readonly [QueryValues<F>, (values: Partial<QueryValues<F>>, options?: { readonly push?: boolean }) => void] {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const values = useMemo(() => readQuery(fields, search), [fields, search])
  const set = useCallback(
    (change: Partial<QueryValues<F>>, { push = false }: { readonly push?: boolean } = {}) => {
      const next = writeQuery(fields, window.location.search, change)
      navigate(next === '' ? path : `${path}?${next}`, { replace: !push })
    },
    [fields, path, navigate],
  )
  return [values, set]
}
