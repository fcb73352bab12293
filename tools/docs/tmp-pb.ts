import { mkdtempSync } from 'node:fs'
import { PgBoss } from 'pg-boss'
import { startEmbeddedPostgres } from '../embedded-postgres/src/index.ts'

const pg = await startEmbeddedPostgres({ dataDir: mkdtempSync('/tmp/pb-'), durable: false })
const boss = new PgBoss(pg.url)
boss.on('error', (e) => console.error(e.message))
boss.on('warning', (e) => console.log('warning', JSON.stringify(e)))
await boss.start()
await boss.createQueue('q')
await boss.createQueue('slow')
await boss.schedule('q', '*/10 * * * * *')
await boss.schedule('slow', '* * * * *')
let n = 0
let at = 0,
  most = 0
await boss.work('q', { pollingIntervalSeconds: 0.5 } as never, async () => {
  n++
  console.log('q', new Date().toISOString())
})
for (let i = 0; i < 2; i++)
  await boss.work('slow', async () => {
    at++
    most = Math.max(most, at)
    await new Promise((r) => setTimeout(r, 75_000))
    at--
  })
await new Promise((r) => setTimeout(r, 170_000))
console.log({ n, most })
await boss.stop({ graceful: false })
await pg.stop()
process.exit()
