import { useApp } from '../../../app-context.ts'
import { formatInstant, toMs } from '../../../format/instants.ts'
import { scheduleInWords } from '../../../format/schedule-words.ts'
import { useZone } from '../../../format/use-zone.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import type { Column } from '../../../ui/column.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Time } from '../../../ui/time.tsx'
import type { Fire } from './to-fires.ts'

/** The columns of the next fires; with several schedulers, each is named. */
export function useFireColumns({ hasScheduler }: { readonly hasScheduler: boolean }): readonly Column<Fire>[] {
  const { clock } = useApp()
  const zone = useZone()
  const words = strings.admin.fires
  const say = (at: string) => formatInstant(toMs(at) ?? 0, { nowMs: clock.now(), zone })
  const scheduler: Column<Fire> = {
    id: 'scheduler',
    title: words.columns.scheduler,
    cell: ({ schedulerName }) => schedulerName,
  }
  return [
    {
      id: 'job',
      title: words.columns.job,
      cell: ({ job, scheduler: key, schedulerName, schedule }) => (
        <span class="admin-fire-job">
          <GoTo to={routes.job(job)} scheduler={key}>
            {job}
          </GoTo>
          <span class="muted admin-fire-schedule">
            {hasScheduler && `${schedulerName}, `}
            {schedule && scheduleInWords(schedule, say)}
          </span>
        </span>
      ),
    },
    {
      id: 'at',
      title: words.columns.at,
      cell: ({ at, zone: jobZone, fate }) => (
        <span class="cluster">
          <Time at={at} jobZone={jobZone} />
          {fate !== 'run' && <Badge tone={fate === 'suppressed' ? 'paused' : 'unknown'}>{words.fates[fate]}</Badge>}
        </span>
      ),
    },
    ...(hasScheduler ? [scheduler] : []),
    {
      id: 'schedule',
      title: words.columns.schedule,
      cell: ({ schedule }) => <span class="muted">{schedule && scheduleInWords(schedule, say)}</span>,
    },
  ]
}
