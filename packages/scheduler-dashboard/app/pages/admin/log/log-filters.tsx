import { useLocation } from 'wouter-preact'

import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { useTo } from '../../../ui/go-to.tsx'
import type { Member } from '../use-fleet.ts'
import { JobFilter } from './job-filter.tsx'

export interface LogFiltersProps {
  readonly members: readonly Member[]
  readonly scheduler: string
  /** Empty for all jobs. */
  readonly job: string
  readonly onJob: (job: string) => void
}

/** Which scheduler's log, and of which job. Both live in the address. */
export function LogFilters({ members, scheduler, job, onJob }: LogFiltersProps) {
  const [, navigate] = useLocation()
  const to = useTo()
  const words = strings.admin.log
  return (
    <div class="cluster">
      {members.length > 1 && (
        <select
          class="input"
          aria-label={words.of}
          value={scheduler}
          onChange={({ currentTarget }) => navigate(to(routes.admin(), currentTarget.value), { replace: true })}
        >
          {members.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      )}
      <JobFilter key={scheduler} scheduler={scheduler} job={job} onJob={onJob} />
    </div>
  )
}
