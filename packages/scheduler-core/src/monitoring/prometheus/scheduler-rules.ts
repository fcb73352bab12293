import { JOBS_WITHOUT_SERIES } from '../job-series.ts'
import { LABELS } from '../labels.ts'
import { type AlertRule, BY_SCHEDULER, type RuleMaker, SCHEDULER } from './alert-rule.ts'
import { prometheusNameOf as name } from './name-of.ts'
import { DAY, HOUR, MINUTE } from './rule-time.ts'

/** Alerts on a scheduler as a whole. */
export function schedulerRules(make: RuleMaker): readonly AlertRule[] {
  return [...reachRules(make), ...stateRules(make), ...fleetRules(make)]
}

function reachRules({ critical, warning, duration, seconds }: RuleMaker): readonly AlertRule[] {
  const yesterday = `last_over_time(${name('state')}[${duration(DAY)}])`
  return [
    critical('SchedulerInError', {
      expr: inState('error'),
      for: MINUTE,
      summary: `Scheduler ${SCHEDULER} cannot reach its store`,
      description: 'Nothing is claimed and nothing is settled until the store is back; due times meanwhile are missed.',
    }),
    warning('SchedulerStatusIsStale', {
      expr: `min by (${BY_SCHEDULER}) (${name('snapshot_age_seconds')}) > ${seconds(MINUTE)}`,
      for: MINUTE,
      summary: `The status of ${SCHEDULER} is older than a minute`,
      description: 'The store could not be read; every page shows the last snapshot before that.',
    }),
    critical('SchedulerGone', {
      expr: `count by (${BY_SCHEDULER}) (${yesterday}) unless count by (${BY_SCHEDULER}) (${name('state')})`,
      for: 5 * MINUTE,
      summary: `No process publishes scheduler ${SCHEDULER} any more`,
      description: 'Its processes are down or cannot be scraped: whether its jobs run is unknown.',
    }),
    critical('NoSchedulerIsPublished', {
      expr: `absent(${yesterday})`,
      for: 15 * MINUTE,
      summary: 'Prometheus has no metrics of any scheduler',
      description: 'Either nothing runs, or its target is not configured.',
    }),
  ]
}

function stateRules({ warning, seconds }: RuleMaker): readonly AlertRule[] {
  return [
    warning('SchedulerPauseLasts', {
      expr: inState('paused'),
      for: DAY,
      summary: `Scheduler ${SCHEDULER} has been paused for a day`,
      description: 'None of its jobs run until somebody resumes it; the control log says who paused it and why.',
    }),
    warning('SchedulerSessionOpenTooLong', {
      expr: `max by (${BY_SCHEDULER}) (${name('sessions_longest_open_ms')}) > ${seconds(5 * MINUTE)}`,
      for: MINUTE,
      summary: `A unit of work of ${SCHEDULER} has been open for over 5 minutes`,
      description: 'A handler holds a database session: the leak report names the unit and where it was opened.',
    }),
    warning('JobsOverdueBesideTheSeries', {
      expr:
        `max by (${BY_SCHEDULER}) (${name('jobs_overdue')}) > 0 ` +
        `and max by (${BY_SCHEDULER}) (${JOBS_WITHOUT_SERIES.prometheus}) > 0`,
      for: MINUTE,
      summary: `{{ $value }} jobs of ${SCHEDULER} are overdue, and not every job has series`,
      description: 'The limit of jobs with series is reached, so JobOverdue may not name them all; the status does.',
    }),
  ]
}

function fleetRules({ warning }: RuleMaker): readonly AlertRule[] {
  return [
    warning('TimeZoneDataDiffers', {
      expr: `max by (${BY_SCHEDULER}) (${name('time_zone_data_versions')}) > 1`,
      for: HOUR,
      summary: `The instances of ${SCHEDULER} have had {{ $value }} versions of the time zone data for an hour`,
      description:
        'An update is stuck halfway: only those with the newest data run the cron jobs of time zones. The page of the instances names the versions.',
    }),
  ]
}

/** Whether any process says that the scheduler is in this state. */
export function inState(state: string): string {
  return `max by (${BY_SCHEDULER}) (${name('state')}{${LABELS.state}="${state}"}) == 1`
}
