import { defineBench } from '../bench.ts'

export const symbolsBench = defineBench({
  name: 'symbols',
  measures: '10,000 symbols: a poll, a save and their freshness, beside older statements and bare rows',
  minutes: 2.5,
  options: {
    symbols: { is: 'symbols of a poll', default: 10_000, quick: 1_000 },
    parts: { is: 'what is measured', default: ['polls', 'saves', 'freshness'], quick: ['polls', 'saves', 'freshness'] },
    rounds: { is: 'rounds of each', default: 7, quick: 2 },
  },
  peers: ['typeorm', 'pg'],
  takesBeside: true,
  targets: [
    {
      says: 'a save at most twice a bulk insert of the same rows',
      table: 'saves',
      rows: { contender: 'ours' },
      column: 'timesBulk',
      bound: { atMost: 2 },
    },
    {
      says: 'freshness of all feeds: no task over 20 ms',
      table: 'freshness',
      rows: { contender: 'read and judged' },
      column: 'longestTurnMs',
      bound: { atMost: 20 },
    },
  ],
  plots: [],
})
