import { FOR_ADMINS, gauge, instant } from './rows.ts'

const SINCE = 'over the time since the last snapshot but one'

/** Metrics of the processes, the store and the sessions: for operations alone. */
export const HOST_METRICS = {
  instance_started_at: {
    ...instant('instance', 'startedAt'),
    ...FOR_ADMINS,
    title: 'Start of an instance',
    help: 'When the process opened the scheduler; null when the store does not know.',
  },
  instance_heartbeat_at: {
    ...instant('instance', 'heartbeatAt'),
    ...FOR_ADMINS,
    title: 'Heartbeat of an instance',
    help: 'When the process last told the store that it lives.',
  },
  instance_running_runs: {
    ...gauge('instance', 'running', 'runs'),
    ...FOR_ADMINS,
    title: 'Running runs of an instance',
    help: 'Runs under way that this process owns; null for those who are told of some jobs only.',
  },
  instance_concurrency: {
    ...gauge('instance', 'concurrency', 'runs'),
    ...FOR_ADMINS,
    title: 'Concurrency of an instance',
    help: 'Runs that this process has at a time; null for no limit, and before it has told; 0 where an engine carries all its runs to workers.',
  },
  instance_dropped_messages: {
    ...gauge('instance', 'droppedMessages', 'messages'),
    ...FOR_ADMINS,
    kind: 'counter',
    resets: 'at start',
    title: 'Dropped messages of an instance',
    help: 'Messages that an engine brought to this process although their run was not queued (any more), since it opened; null for those who are told of some jobs only.',
  },
  instance_left_messages: {
    ...gauge('instance', 'leftMessages', 'messages'),
    ...FOR_ADMINS,
    kind: 'counter',
    resets: 'at start',
    title: 'Messages that an instance left',
    help: 'How often this process left a message for another worker, or for later, since it opened; null for those who are told of some jobs only.',
  },
  process_cpu_seconds: {
    ...gauge('process', 'cpuMs', 'seconds'),
    ...FOR_ADMINS,
    kind: 'counter',
    resets: 'at start',
    title: 'CPU time',
    help: 'CPU time of this process since it began, user and system, in whole seconds.',
  },
  process_cpu_pct: {
    ...gauge('process', 'cpuPct', 'percent'),
    ...FOR_ADMINS,
    title: 'CPU use',
    help: 'CPU time per time since the snapshot before, in percent of one core; null in the first.',
  },
  process_rss_bytes: {
    ...gauge('process', 'rssBytes', 'bytes'),
    ...FOR_ADMINS,
    title: 'Resident memory',
    help: 'Memory that the host holds for this process.',
  },
  process_heap_used_bytes: {
    ...gauge('process', 'heapUsedBytes', 'bytes'),
    ...FOR_ADMINS,
    title: 'Heap in use',
    help: 'Memory in use by JavaScript objects.',
  },
  process_heap_total_bytes: {
    ...gauge('process', 'heapTotalBytes', 'bytes'),
    ...FOR_ADMINS,
    title: 'Heap',
    help: 'Memory reserved for JavaScript objects.',
  },
  event_loop_delay_p50_ms: {
    ...delay('eventLoopDelayP50Ms'),
    title: 'Median delay of the event loop',
    help: `Half of the timers were late by less, ${SINCE}.`,
  },
  event_loop_delay_p99_ms: {
    ...delay('eventLoopDelayP99Ms'),
    title: '99th percentile of the delay of the event loop',
    help: `99 of 100 timers were late by less, ${SINCE}.`,
  },
  event_loop_delay_max_ms: {
    ...delay('eventLoopDelayMaxMs'),
    title: 'Longest delay of the event loop',
    help: `No timer was later, ${SINCE}.`,
  },
  store_read_ms: {
    ...gauge('store', 'readMs', 'ms'),
    ...FOR_ADMINS,
    kind: 'duration',
    title: 'Read of the store',
    help: 'How long the one read took out of which the snapshot was made, with the wait for its session.',
  },
  pool_size: {
    ...gauge('store', 'poolSize', 'connections'),
    ...FOR_ADMINS,
    title: 'Connections',
    help: 'Connections of the pool, idle or not; null where the session provider does not say.',
  },
  pool_idle: {
    ...gauge('store', 'poolIdle', 'connections'),
    ...FOR_ADMINS,
    title: 'Idle connections',
    help: 'Connections of the pool that nobody uses.',
  },
  pool_waiting: {
    ...gauge('store', 'poolWaiting', 'sessions'),
    ...FOR_ADMINS,
    title: 'Waiting for a connection',
    help: 'Units of work that wait for a connection of the pool.',
  },
  sessions_opened: {
    ...gauge('sessions', 'opened', 'sessions'),
    ...FOR_ADMINS,
    kind: 'counter',
    resets: 'at start',
    emptyIs: 0,
    title: 'Sessions opened',
    help: 'Sessions that units of work of this instance were handed: sessions_closed + sessions_open.',
  },
  sessions_closed: {
    ...gauge('sessions', 'closed', 'sessions'),
    ...FOR_ADMINS,
    kind: 'counter',
    resets: 'at start',
    emptyIs: 0,
    title: 'Sessions closed',
    help: 'Sessions whose unit of work has ended.',
  },
  sessions_open: {
    ...gauge('sessions', 'open', 'sessions'),
    ...FOR_ADMINS,
    emptyIs: 0,
    title: 'Open sessions',
    help: 'Sessions whose unit of work has not ended.',
  },
  sessions_longest_open_ms: {
    ...gauge('sessions', 'longestOpenMs', 'ms'),
    ...FOR_ADMINS,
    title: 'Longest open session',
    help: 'How long the session has been open that is open longest; null when none is.',
  },
  session_opened_at: {
    ...instant('session', 'openedAt'),
    ...FOR_ADMINS,
    title: 'Opening of a session',
    help: 'Since when a unit of work has held its session.',
  },
} as const

function delay<const F extends string>(field: F) {
  return { ...gauge('process', field, 'ms'), ...FOR_ADMINS, kind: 'duration' } as const
}
