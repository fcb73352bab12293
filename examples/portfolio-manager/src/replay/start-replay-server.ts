import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import { type Clock, systemClock } from '@pm/scheduler-core'

import { type AlphaVantageQuota, createAlphaVantageRoutes } from './alpha-vantage-routes.ts'
import { type Answer, text } from './answer.ts'
import { madeSeries } from './made-series.ts'
import { readSeries } from './read-series.ts'
import { createTape, type TapeStart } from './tape.ts'
import { createYahooRoutes } from './yahoo-routes.ts'

export interface ReplayOptions extends TapeStart {
  /** The files of daily prices, which do not share a symbol. */
  readonly csvPaths: readonly string[]
  /** How many symbols to make from the recorded ones (default 0). They are named `MADE00001` and so on, and say so. */
  readonly madeSymbols?: number
  /** The port (default 0: any free port). */
  readonly port?: number
  readonly alphaVantageQuota?: AlphaVantageQuota
  readonly clock?: Clock
}

export interface ReplayServer {
  /** Such as `http://127.0.0.1:41234`. */
  readonly url: string
  /** The symbols that have prices. */
  readonly symbols: readonly string[]
  close(): Promise<void>
}

/**
 * Starts a server on the loopback interface that imitates Yahoo Finance and Alpha Vantage with recorded daily prices:
 * one trading day per poll, each with its original time (see `Tape.next`). Throws a `UserError` for a file that it
 * cannot read.
 */
export async function startReplayServer(options: ReplayOptions): Promise<ReplayServer> {
  const { csvPaths, madeSymbols = 0, port = 0, clock = systemClock, alphaVantageQuota, ...start } = options
  const files = await Promise.all(csvPaths.map(readSeries))
  const recorded = new Map(files.flatMap((series) => [...series]))
  const tape = createTape(new Map([...recorded, ...madeSeries([...recorded.values()], madeSymbols)]), start)
  const yahoo = createYahooRoutes(tape)
  const alphaVantage = createAlphaVantageRoutes(tape, clock, alphaVantageQuota)

  const answer = (request: IncomingMessage): Answer => {
    const url = URL.parse(request.url ?? '', 'http://replay')
    if (url === null || request.method !== 'GET') return NOT_FOUND
    return yahoo(url, request.headers) ?? alphaVantage(url) ?? NOT_FOUND
  }
  const server = createServer((request, response) => {
    const { status, headers, body } = answer(request)
    response.writeHead(status, headers).end(body)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: bound } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${bound}`,
    symbols: tape.symbols,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const NOT_FOUND = text(404, 'Not Found')
