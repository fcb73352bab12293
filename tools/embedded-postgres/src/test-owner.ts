/** A process of its own that starts a server on a folder, says so, and waits to be killed. For the tests. */
import { startEmbeddedPostgres } from './start-embedded-postgres.ts'

const [dataDir = ''] = process.argv.slice(2)
const server = await startEmbeddedPostgres({ dataDir, durable: false })
process.stdout.write(`${JSON.stringify({ pid: server.pid, url: server.url })}\n`)
setInterval(() => {}, 60_000)
