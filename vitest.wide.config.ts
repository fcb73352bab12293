import { laneOf } from './vitest.lane-config.ts'
import { CRASHES, FAULTS, FRAME_BY_FRAME, MORE_PAGES, SECOND_ENDS } from './vitest.lanes.ts'

/** What `pnpm test` leaves to `pnpm test:wide`. CI runs both. */
export default laneOf([
  { name: 'second ends', include: SECOND_ENDS, group: 0 },
  // They mostly wait.
  { name: 'faults', include: FAULTS, group: 1, workers: 3 },
  { name: 'crashes', include: CRASHES, group: 2, workers: 1, needs: 'crash-child' },
  { name: 'more pages', include: MORE_PAGES, group: 3, workers: 2, needs: 'browser' },
  { name: 'browser, frame by frame', include: FRAME_BY_FRAME, group: 4, workers: 1, needs: 'browser' },
])
