import type { ReplayServer } from './start-replay-server.ts'

/**
 * A `fetch` that sends requests for Yahoo and Alpha Vantage to the replay server and refuses all others, so that a
 * replay never uses the network.
 */
export function replayFetch({ url }: Pick<ReplayServer, 'url'>): typeof globalThis.fetch {
  return async (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input)
    if (!REPLAYED.test(target.hostname)) throw new TypeError(`${target.hostname} is not replayed.`)
    return fetch(new URL(`${target.pathname}${target.search}`, url), init)
  }
}

const REPLAYED = /^(finance\.yahoo\.com|query[12]\.finance\.yahoo\.com|www\.alphavantage\.co)$/
