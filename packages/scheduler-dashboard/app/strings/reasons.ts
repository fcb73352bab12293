/** What each code of `health.reasons` means. */
export const reasons = {
  STORE_UNAVAILABLE: 'The store failed the last read or write. The numbers are from before that.',
  POOL_EXHAUSTED: 'The pool has no connection left, so a unit of work got none in time.',
  OUTCOME_REFUSED: 'The store refuses to write the outcome of a run. It is kept, and tried again.',
  CONFIGURATION_CORRUPT: 'A stored setting is invalid and is ignored.',
  STORE_CORRUPT: 'The store has an invalid row. Its job does not run until the row is repaired.',
  PROVIDERS_INVALID:
    'The description of the providers is invalid in part. What is invalid is left out. The log says which.',
  HANDLERS_ABANDONED: 'Handlers go on although their runs have ended: they ignore their signal.',
  QUEUE_STALLED: 'A run has been queued for too long: ten hand-overs brought it to no worker.',
  NO_WORKER: 'A job has queued runs, and no live worker has it. Start a worker that does, or cancel them.',
  ENGINE_FAILING: 'The engine that carries runs to the workers failed at its last call. It is tried again.',
  CLOCK_SET_BACK:
    'In the last ten minutes a clock was ahead, or was set back. The jobs return to their due times, and none runs twice.',
  CLOCK_SKEW: 'The clock of this host differs from that of the store by more than 5 s.',
  TIME_ZONE_DATA_DIFFERS:
    'Live instances have different versions of the time zone data. Those with the newest run the cron jobs of time zones.',
  CALENDAR_RUNS_OUT:
    'A trading calendar knows fewer than 90 more days. Bring it up to date: after its last day, market hours are a guess.',
  HEALTH_REASONS_INVALID: "The host's own reasons of health are invalid in part. The log says what is left out.",
  SCHEDULER_NOT_OPEN: 'This process has not opened its scheduler: the page shows what the others do.',
}
