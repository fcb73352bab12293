import type { ReplayServer } from './start-replay-server.ts'

/**
 * A `fetch` that takes requests for Yahoo and Alpha Vantage to the replay server, and nothing anywhere else: whoever
 * replays does not go out by mistake.
 */
export function replayFetch({ url }: Pick<ReplayServer, 'url'>): typeof globalThis.fetch {
  return async (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input)
    if (!REPLAYED.test(target.hostname)) throw new TypeError(`${target.hostname} is not replayed.`)
    return fetch(new URL(`${target.pathname}${target.search}`, url), init)
  }
}

const REPLAYED = /^(finance\.yahoo\.com|query[12]\.finance\.yahoo\.com|www\.alphavantage\.co)$/
