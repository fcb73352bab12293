import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Time } from '../../../ui/time.tsx'
import type { LogLine } from './to-log-line.ts'

/** One command as a sentence, with what it changed and why. */
export function LogItem({ line, scheduler }: { readonly line: LogLine; readonly scheduler: string }) {
  const { at, by, verb, job, runId, until, why, changes } = line
  const words = strings.admin.log
  return (
    <li class="admin-log-item">
      <span class="admin-log-at">
        <Time at={at} as="absolute" />
      </span>
      <div>
        <p>
          <strong>{by}</strong> {verb}{' '}
          {job === null ? (
            words.scheduler
          ) : (
            <GoTo to={routes.job(job)} scheduler={scheduler}>
              {job}
            </GoTo>
          )}
          {until !== null && <Until at={until} />}
          {runId !== null && (
            <>
              {': '}
              <GoTo to={routes.run(runId)} scheduler={scheduler}>
                {words.theRun}
              </GoTo>
            </>
          )}
        </p>
        {changes.map((change) => (
          <p key={change} class="admin-change">
            {change}
          </p>
        ))}
        {why !== null && <p class="admin-why">{why}</p>}
      </div>
    </li>
  )
}

function Until({ at }: { readonly at: string }) {
  const words = strings.admin.log
  if (at === 'open') return <> {words.openEnd}</>
  return (
    <>
      {' '}
      {words.until} <Time at={at} as="absolute" />
    </>
  )
}
