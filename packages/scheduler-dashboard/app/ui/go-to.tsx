import type { ComponentChildren } from 'preact'
import { Link, useSearch } from 'wouter-preact'

import { useApp } from '../app-context.ts'
import { forScheduler, SCHEDULER_PARAM } from '../routes.ts'

/** The scheduler that the pages show now: that of the query string, else the host's first. */
export function useSchedulerKey(): string {
  const { schedulers } = useApp().config
  const asked = new URLSearchParams(useSearch()).get(SCHEDULER_PARAM)
  return (schedulers.find(({ key }) => key === asked) ?? schedulers[0])?.key ?? ''
}

/** A path of `routes` with the scheduler that is shown now, or with the one that is given. */
export function useTo(): (path: string, scheduler?: string) => string {
  const { config } = useApp()
  const shown = useSchedulerKey()
  return (path, scheduler = shown) => forScheduler(path, scheduler, config)
}

/** A link to another place of the pages. */
export function GoTo({
  to,
  scheduler,
  isCurrent,
  isTabStop = true,
  children,
}: {
  readonly to: string
  readonly scheduler?: string
  readonly isCurrent?: boolean
  /** Whether Tab comes to it (default true). */
  readonly isTabStop?: boolean
  readonly children: ComponentChildren
}) {
  const path = useTo()
  return (
    <Link
      href={path(to, scheduler)}
      aria-current={isCurrent ? 'page' : undefined}
      {...(!isTabStop && { tabIndex: -1 })}
    >
      {children}
    </Link>
  )
}
