import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { type Authorize, closeWith } from '@pm/scheduler-core/http'

import { ADMIN, createApp, PAGES } from './create-app.ts'

const { PORT = '3000', TOKEN = 'dev' } = process.env

/** What a browser that has logged in sends. */
const COOKIE = `token=${encodeURIComponent(TOKEN)}`

const scheduler = createScheduler({
  name: 'market_data_scheduler',
  jobs: [{ name: 'poll', schedule: every({ seconds: 15 }), handler: (ctx) => ctx.report({ processed: 8 }) }],
  ...createMemoryBackend(),
})
await scheduler.open()

/** Whoever has the token is ada: programs send it in a header, browsers in a cookie. */
const authorize: Authorize<Request> = ({ headers }) =>
  headers.get('authorization') === `Bearer ${TOKEN}` || headers.get('cookie')?.split('; ').includes(COOKIE)
    ? { allow: true, principal: { name: 'ada' } }
    : { allow: false, reason: 'unauthenticated' }

const controlled = { authorize, control: true }
const app = createApp(scheduler, { admin: controlled, marketData: { authorize }, pages: controlled })

app.get<{ Querystring: { token?: string } }>('/login', ({ query }, reply) =>
  reply
    .header('set-cookie', `token=${encodeURIComponent(query.token ?? '')}; HttpOnly; SameSite=Strict; Path=/`)
    .redirect(PAGES, 303),
)

const url = await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log(`${url}/login?${COOKIE} (the pages)`)
console.log(`${url}${ADMIN}/status (Authorization: Bearer ${TOKEN})`)

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void closeWith(app, scheduler))
