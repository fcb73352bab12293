import { FOR_ADMINS, gauge } from './rows.ts'

const TWICE = 'A job with several problems counts in each.'

/** How many there are of what is listed, and in which state. */
export const COUNT_METRICS = {
  jobs_total: { ...jobs('jobs'), title: 'Jobs', help: 'Jobs that are defined.' },
  jobs_ok: {
    ...jobs('jobsOk'),
    title: 'Jobs without a problem',
    help: 'Jobs that are in none of the five states below.',
  },
  jobs_failing: { ...jobs('jobsFailing'), title: 'Failing jobs', help: `Jobs whose last settled run failed. ${TWICE}` },
  jobs_overdue: {
    ...jobs('jobsOverdue'),
    title: 'Overdue jobs',
    help: `Jobs that are not paused and have been overdue for longer than their policies allow (overdue_seconds > overdue_allowed_seconds). ${TWICE}`,
  },
  jobs_no_worker: {
    ...jobs('jobsNoWorker'),
    title: 'Jobs without a worker',
    help: `Jobs that are not paused, have queued runs, and that no live worker has. ${TWICE}`,
  },
  jobs_running_long: {
    ...jobs('jobsRunningLong'),
    title: 'Jobs that run long',
    help: `Jobs whose latest start is longer ago than a minute and than twice the p95 of their durations in the recent window; where nothing was counted in it, than half of their timeout. ${TWICE}`,
  },
  jobs_paused: { ...jobs('jobsPaused'), title: 'Paused jobs', help: `Jobs that are paused by themselves. ${TWICE}` },
  jobs_running: { ...jobs('jobsRunning'), title: 'Running jobs', help: 'Jobs with a run under way, on any instance.' },
  jobs_queued: {
    ...jobs('jobsQueued'),
    title: 'Jobs with queued runs',
    help: 'Jobs with a run that waits in a queue for a worker.',
  },
  jobs_retired: {
    ...jobs('jobsRetired'),
    title: 'Retired jobs',
    help: 'Jobs that left the code: no open instance has them any more. They are not in jobs_total; their runs are in the totals.',
  },
  retired_runs: {
    ...counted('retiredRuns', 'runs'),
    ...FOR_ADMINS,
    title: 'Runs of retired jobs',
    help: 'Settled runs of retired jobs since counting began, as total_runs counts them: total_runs of all is that of the jobs and this.',
  },
  jobs_in_attention: {
    ...jobs('jobsInAttention'),
    title: 'Jobs that need attention',
    help: 'Jobs that fail, are overdue, have no worker, run long or are paused.',
  },
  providers_total: {
    ...counted('providers', 'providers'),
    title: 'Providers',
    help: 'Providers that the host describes.',
  },
  instances_total: {
    ...counted('instances', 'instances'),
    ...FOR_ADMINS,
    title: 'Instances',
    help: 'The live instances, and for five minutes those whose heartbeats ended without a close.',
  },
  instances_live: {
    ...counted('liveInstances', 'instances'),
    ...FOR_ADMINS,
    title: 'Live instances',
    help: 'The process that answers, and those whose last heartbeat is no older than a lease.',
  },
  workers_live: {
    ...counted('liveWorkers', 'instances'),
    ...FOR_ADMINS,
    title: 'Live workers',
    help: 'The live instances with the role worker, which run what an engine brings.',
  },
  dropped_messages: {
    ...counted('droppedMessages', 'messages'),
    ...FOR_ADMINS,
    emptyIs: null,
    title: 'Dropped messages',
    help: 'Messages that an engine brought although their run was not queued (any more); over the listed instances, each since it opened; null for those who are told of some jobs only.',
  },
  left_messages: {
    ...counted('leftMessages', 'messages'),
    ...FOR_ADMINS,
    emptyIs: null,
    title: 'Messages left',
    help: 'How often a message was left for another worker, or for later; over the listed instances, each since it opened; null for those who are told of some jobs only.',
  },
  time_zone_data_versions: {
    ...counted('timeZoneDataVersions', 'versions'),
    ...FOR_ADMINS,
    title: 'Versions of time zone data',
    help: 'Different versions of time zone data among the live instances with the role scheduler, where unknown ones count as one. With more than one, they may not agree on a local time: those with the newest run the cron jobs of time zones.',
  },
  feeds_in_attention: {
    ...counted('feedsInAttention', 'feeds'),
    emptyIs: null,
    title: 'Feeds that need attention',
    help: 'Feeds that are stale, expired or unknown; null when the feeds could not be read.',
  },
} as const

function jobs<const F extends string>(field: F) {
  return { ...counted(field, 'jobs'), ...FOR_ADMINS } as const
}

function counted<const F extends string, const U extends string>(field: F, unit: U) {
  return { ...gauge('counts', field, unit), emptyIs: 0 } as const
}
