/** The tables that the steps make, each after those that it refers to. The table of migrations is not among them. */
export const OWN_TABLES = [
  'scheduler',
  'job',
  'job_stat',
  'ledger',
  'run_call',
  'run_tally',
  'call_tally',
  'control_log',
  'receipt',
  'instance',
] as const
