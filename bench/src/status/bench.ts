import { defineBench } from '../bench.ts'

export const statusBench = defineBench({
  name: 'status',
  measures: 'requests a second and CPU of `/status`, beside a buffer in a mounted Router and `res.json`',
  minutes: 1.5,
  options: {
    rounds: { is: 'rounds of each', default: 30, quick: 2 },
    ms: { is: 'milliseconds of requests in a round', default: 400, quick: 200 },
  },
  peers: ['express'],
  takesBeside: true,
  targets: [
    target('requests a second: at least 0.90 of a mounted buffer', 'ours', 'timesBuffer', 0.9),
    target('requests a second: at least 1.2 times `res.json`', 'ours', 'timesJson', 1.2),
    target('requests a second: a 304 at least at par with the 200', 'ours, 304', 'timesOurs', 1),
  ],
  plots: [],
})

function target(says: string, contender: string, column: string, atLeast: number) {
  return { says, table: 'status', rows: { contender }, column, bound: { atLeast } } as const
}
