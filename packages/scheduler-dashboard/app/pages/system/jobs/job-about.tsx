import type { JobView } from '@pm/scheduler-core/contract/v2'

import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Icon } from '../../../ui/icons.tsx'

/** What a job says about itself: what it does, who answers for it, and what to do when it fails. */
export function JobAbout({ job }: { readonly job: Pick<JobView, 'description' | 'owner' | 'tags' | 'runbook_url'> }) {
  const { description, owner, tags, runbook_url } = job
  const words = strings.job.about
  if (description === null && owner === null && tags.length === 0 && runbook_url === null) return null
  return (
    <div class="job-about">
      {description !== null && <p>{description}</p>}
      <p class="cluster wide">
        {owner !== null && (
          <span>
            {words.owner} <GoTo to={routes.jobs({ owner })}>{owner}</GoTo>
          </span>
        )}
        {tags.length > 0 && (
          <span class="cluster">
            {words.tags}
            {tags.map((tag) => (
              <GoTo key={tag} to={routes.jobs({ tag })}>
                {tag}
              </GoTo>
            ))}
          </span>
        )}
        {runbook_url !== null && (
          <a href={runbook_url} target="_blank" rel="noreferrer">
            <Icon name="link" /> {words.runbook}
          </a>
        )}
      </p>
    </div>
  )
}
