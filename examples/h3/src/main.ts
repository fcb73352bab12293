import { createMemoryBackend, createScheduler, every } from '@pm/scheduler-core'
import { type Authorize, closeWith } from '@pm/scheduler-core/http'
import { redirect, serve } from 'h3'

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

app.get('/login', ({ res, url }) => {
  res.headers.set(
    'set-cookie',
    `token=${encodeURIComponent(url.searchParams.get('token') ?? '')}; HttpOnly; SameSite=Strict; Path=/`,
  )
  return redirect(PAGES, 303)
})

// It would stop the server first, which waits for the event streams: `closeWith` ends them.
const server = serve(app, { port: Number(PORT), hostname: '127.0.0.1', silent: true, gracefulShutdown: false })
await server.ready()
const url = String(server.url).replace(/\/$/, '')
console.log(`${url}/login?${COOKIE} (the pages)`)
console.log(`${url}${ADMIN}/status (Authorization: Bearer ${TOKEN})`)

// `close` of this server takes whether to cut requests off: `closeWith` does that on the server of Node, when the grace is over.
const closable = { close: () => server.close(), server: server.node?.server }
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void closeWith(closable, scheduler))
