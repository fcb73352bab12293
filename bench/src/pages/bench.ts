import { defineBench } from '../bench.ts'

export const pagesBench = defineBench({
  name: 'pages',
  measures: 'long tasks, frame times and first paint of the pages in Chromium, with many jobs and runs',
  minutes: 1.5,
  options: {
    jobs: { is: 'jobs', default: 10_000, quick: 500 },
    runs: { is: 'settled runs', default: 100_000, quick: 2_000 },
    visits: { is: 'visits of each page', default: 5, quick: 1 },
  },
  peers: ['playwright-core'],
  takesBeside: false,
  targets: [],
  plots: [],
})
