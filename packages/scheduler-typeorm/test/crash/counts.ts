/** How many rounds and due times: few in `pnpm test`, many in `pnpm test:soak`. */
export const COUNTS =
  process.env['SOAK'] === '1'
    ? { kills: 200, stopRounds: 40, dueTimes: 10_000 }
    : { kills: 12, stopRounds: 4, dueTimes: 400 }

/** Processes that are stopped in each round. */
export const STOPPED_AT_ONCE = 5
