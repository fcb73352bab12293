/** The replay server of the sample in a process of its own, as a provider is. Prints its address as a line of JSON. */
import { fileURLToPath } from 'node:url'

import { isMade } from '../../../examples/portfolio-manager/src/replay/made-series.ts'
import { startReplayServer } from '../../../examples/portfolio-manager/src/replay/start-replay-server.ts'

const csvPath = fileURLToPath(new URL('../../../examples/portfolio-manager/data/daily.csv', import.meta.url))
const server = await startReplayServer({ csvPaths: [csvPath], madeSymbols: Number(process.argv[2]) })
const symbols = server.symbols.filter(isMade)
process.stdout.write(`${JSON.stringify({ url: server.url, symbols })}\n`)
process.once('disconnect', () => void server.close())
