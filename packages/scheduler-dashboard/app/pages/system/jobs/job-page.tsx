import { useParams } from 'wouter-preact'

import { useTitle } from '../../../shell/use-title.ts'

/** `/system/jobs/:job`: one job. */
export function JobPage() {
  const { job = '' } = useParams()
  useTitle(job)
  return <h1>{job}</h1>
}
