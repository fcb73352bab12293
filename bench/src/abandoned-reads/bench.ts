import { defineBench } from '../bench.ts'

export const abandonedReadsBench = defineBench({
  name: 'abandoned-reads',
  measures:
    'readiness, due times and memory of a scheduler beside crowds of audits over a long ledger that callers hang up on',
  minutes: 2,
  options: {
    rows: { is: 'entries of the ledger', default: 200_000, quick: 10_000 },
    crowds: { is: 'audits at a time', default: [25, 200], quick: [25] },
    seconds: { is: 'seconds of each crowd', default: 12, quick: 4 },
    patience: { is: 'milliseconds after which each caller hangs up', default: 200, quick: 200 },
  },
  peers: ['express', 'typeorm', 'pg'],
  takesBeside: false,
  targets: [
    { says: 'ready in every sample', table: 'crowds', rows: {}, column: 'notReady', bound: { atMost: 0 } },
    { says: 'no due time missed', table: 'crowds', rows: {}, column: 'missed', bound: { atMost: 0 } },
  ],
  plots: [],
})
