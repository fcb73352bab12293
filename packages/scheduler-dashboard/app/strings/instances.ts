/** The instances of the system page. */
export const instances = {
  title: 'Instances',
  total: 'Known',
  live: 'Live',
  dead: 'Gone',
  table: 'Live instances',
  id: 'Instance',
  current: 'answers this page',
  state: 'State',
  heartbeat: 'Heartbeat',
  started: 'Started',
  runningRuns: 'Running',
  share: 'Share of the work',
  shareOf: (share: string) => `${share} of what runs now`,
  runs: 'Its runs',
  runsOf: (id: string) => `Runs of ${id}`,
  more: (count: string) => `${count} more live instances are not listed.`,
  host: 'Host',
  version: 'Version',
  load: 'Load',
  liveHint:
    'Live is the process that answers, and each whose last heartbeat is no older than a lease. One that sends none is gone, and its runs are found and settled as interrupted.',
  empty: {
    title: 'No instance is live',
    text: 'No process has sent a heartbeat lately, so nothing runs. Start a process that opens this scheduler.',
  },
}
