import { laneOf } from './vitest.lane-config.ts'
import { RELEASE_CRASHES, RELEASE_ENDS, RELEASE_PAGES } from './vitest.lanes.ts'

/** What only `.ci/matrix` runs, before a release. */
export default laneOf([
  { name: 'further ends', include: RELEASE_ENDS, group: 0 },
  { name: 'processes', include: RELEASE_CRASHES, group: 1, workers: 1, needs: 'crash-child' },
  { name: 'quieter pages', include: RELEASE_PAGES, group: 2, workers: 2, needs: 'browser' },
])
