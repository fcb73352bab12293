/** The tables that each step makes, by its version, each after those that it refers to. That of migrations is not among them. */
const TABLES_OF_STEP: Readonly<Record<number, readonly string[]>> = {
  1: ['scheduler', 'job', 'job_stat', 'ledger', 'run_call', 'run_tally', 'call_tally', 'control_log', 'instance'],
  6: ['receipt'],
}

/** The tables of the steps `after < version <= upTo`. A table of that name in a schema without them is somebody else's. */
export function tablesOfSteps({ after, upTo }: { readonly after: number; readonly upTo: number }): readonly string[] {
  return Object.entries(TABLES_OF_STEP).flatMap(([version, tables]) => {
    return Number(version) > after && Number(version) <= upTo ? tables : []
  })
}
