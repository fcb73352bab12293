import { defineBench } from '../bench.ts'

export const nextDueBench = defineBench({
  name: 'next-due',
  measures: 'next due times a second of CPU, walking from one to the next, beside croner and cron-parser',
  minutes: 0.5,
  options: {
    rounds: { is: 'rounds of each', default: 5, quick: 2 },
    ms: { is: 'milliseconds of each in a round', default: 300, quick: 50 },
  },
  peers: ['croner', 'cron-parser'],
  takesBeside: true,
  targets: [
    {
      says: 'at least the rate of croner, zones included',
      table: 'rates',
      rows: { contender: 'ours' },
      column: 'timesCroner',
      bound: { atLeast: 1 },
    },
  ],
  plots: [],
})
