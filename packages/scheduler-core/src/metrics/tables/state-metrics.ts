import { FOR_ADMINS, gauge, instant } from './rows.ts'

const PART = 'in whole seconds, each told to the state in which it was completed'

/** The state of the scheduler and its jobs at the snapshot's instant. */
export const STATE_METRICS = {
  running_runs: {
    ...gauge('run', 'running', 'runs'),
    title: 'Running runs',
    emptyIs: 0,
    help: 'Runs under way, on every instance.',
  },
  queued_runs: {
    ...gauge('run', 'queued', 'runs'),
    title: 'Queued runs',
    emptyIs: 0,
    help: 'Runs that wait in a queue for a worker. They are neither in running_runs nor in total_runs.',
  },
  oldest_queued_seconds: {
    ...gauge('run', 'oldestQueuedMs', 'seconds'),
    title: 'Oldest queued run',
    emptyIs: 0,
    help: 'Seconds since the oldest of the runs that still wait was queued; 0 when none waits; of all jobs together, the longest.',
  },
  job_workers: {
    ...gauge('job', 'workers', 'instances'),
    title: 'Workers of a job',
    emptyIs: 0,
    help: 'Live workers that have the job: instances with the role worker.',
    ...FOR_ADMINS,
  },
  last_run_at: { ...instant('run', 'lastRunAt'), title: 'Last run', help: 'When the last run was settled.' },
  last_success_at: {
    ...instant('run', 'lastSuccessAt'),
    title: 'Last success',
    help: 'When the last successful run was settled.',
  },
  last_failure_at: {
    ...instant('run', 'lastFailureAt'),
    title: 'Last failure',
    help: 'When the last failed run was settled.',
  },
  next_run_at: {
    ...instant('run', 'nextRunAt'),
    title: 'Next run',
    help: 'The soonest due time that will run; null when nothing will.',
  },
  interval_minutes: {
    ...gauge('run', 'intervalMs', 'minutes'),
    title: 'Interval',
    help: 'The period, or for cron the distance between the next two due times; of all jobs together, that of the leading one.',
  },
  overdue_seconds: {
    ...gauge('run', 'overdueMs', 'seconds'),
    title: 'Overdue',
    emptyIs: 0,
    help: 'Seconds since the oldest due time after the last success that had to run and has no success yet; 0 when there is none; of all jobs together, the longest. A due time that was missed, or met a run that was still going, had to run; one in a pause, one that a calendar excludes, or one from before the job was known did not. Any success ends what was due before it, whatever it was asked by.',
  },
  overdue_allowed_seconds: {
    ...gauge('job', 'overdueAllowedMs', 'seconds'),
    title: 'Allowed to be overdue',
    emptyIs: 0,
    help: 'For how long the policies of a job let a due time be without success: its misfire grace and jitter, and its timeout (1 h where it has none). A job that is not paused and is overdue for longer has the condition `overdue`, which the alert is raised for.',
  },
  paused_since: {
    ...instant('job', 'pausedSince'),
    ...FOR_ADMINS,
    title: 'Paused since',
    help: 'Since when the job has been paused by itself; null when it is not.',
  },
  consecutive_failures: {
    ...gauge('job', 'consecutiveFailures', 'runs'),
    title: 'Consecutive failures',
    emptyIs: 0,
    help: "Length of the failing suffix of a job's settled runs.",
  },
  abandoned_handlers: {
    ...gauge('scheduler', 'abandonedHandlers', 'runs'),
    title: 'Abandoned handlers',
    emptyIs: 0,
    help: 'Handlers of this process that go on although their runs have ended, because they ignore their signal. Each keeps its place in the concurrency, unless the host lets it go.',
  },
  uptime_seconds: {
    ...uptime('uptimeMs'),
    title: 'Uptime',
    help: 'Monotonic time since the current start until stop, in whole seconds; a pause does not reset it; 0 when stopped. Exactly the sum of active_seconds, paused_seconds and errored_seconds.',
  },
  active_seconds: { ...uptime('activeMs'), title: 'Uptime active', help: `Uptime in the state running, ${PART}.` },
  paused_seconds: { ...uptime('pausedMs'), title: 'Uptime paused', help: `Uptime in the state paused, ${PART}.` },
  errored_seconds: { ...uptime('erroredMs'), title: 'Uptime in error', help: `Uptime in the state error, ${PART}.` },
  counting_since: {
    ...instant('scheduler', 'since'),
    title: 'Counting since',
    help: 'When lifetime counting began.',
  },
  paused_until: {
    ...instant('scheduler', 'pausedUntil'),
    title: 'Paused until',
    help: 'When the pause ends by itself; null when it does not, or nothing is paused.',
  },
  concurrency: {
    ...gauge('scheduler', 'concurrency', 'runs'),
    ...FOR_ADMINS,
    title: 'Concurrency',
    help: 'Runs that one instance has at a time; null for no limit; 0 where an engine carries all runs to workers.',
  },
  time_zone_data: {
    ...gauge('scheduler', 'timeZoneDataNumber', 'versions'),
    ...FOR_ADMINS,
    title: 'Time zone data',
    help: "The version of this process's time zone data as a number, the greater the newer: 2026c is 2026.03. null where the runtime does not tell.",
  },
  control_version: {
    ...gauge('scheduler', 'controlVersion', 'commands'),
    ...FOR_ADMINS,
    title: 'Version of the control state',
    emptyIs: 0,
    help: 'Grows by one with every command.',
  },
  snapshot_age_seconds: {
    ...gauge('snapshot', 'ageMs', 'seconds'),
    title: 'Age of the snapshot',
    emptyIs: 0,
    help: 'How old the snapshot was when it was served stale, in whole seconds; 0 for a fresh one.',
  },
} as const

function uptime<const F extends string>(field: F) {
  return { ...gauge('scheduler', field, 'seconds'), emptyIs: 0, resets: 'at start' } as const
}
