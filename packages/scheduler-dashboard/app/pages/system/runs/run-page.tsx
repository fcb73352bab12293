import { useParams } from 'wouter-preact'

import { useTitle } from '../../../shell/use-title.ts'

/** `/system/runs/:id`: one run, or one due time that did not run. */
export function RunPage() {
  const { id = '' } = useParams()
  useTitle(id)
  return <h1>{id}</h1>
}
