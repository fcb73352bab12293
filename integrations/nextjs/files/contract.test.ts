import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'
import next from 'next'
import { afterAll, beforeAll } from 'vitest'

import { scenes } from './lib/scenes.ts'

const app = next({ dir: import.meta.dirname, dev: false })
const server = createServer()
let opened = 0

beforeAll(async () => {
  await app.prepare()
  server.on('request', app.getRequestHandler())
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const PATHS = 'Next itself answers 400 or 500 to a path that cannot be decoded, and 308 to a path with two slashes'
const QUERIES = 'Next writes the query anew, without __proto__ and with its percent signs escaped'

const ANSWERED_BY_NEXT = {
  'answers a path that is none as one that is, to whoever may not read the status': PATHS,
  'gives nothing of the view admin by any method or spelling of a path': PATHS,
  'gives nothing of the view market-data by any method or spelling of a path': PATHS,
  'answers 400 to the path /jobs/%zz': PATHS,
  'answers 400 to the path /jobs/%': PATHS,
  'answers 400 to the path /runs/%c0%af': PATHS,
  'answers 400 to the path /jobs/%ff/run': PATHS,
  'answers 404 to a path that is none, inside of its own': PATHS,
  'answers 400 to /runs?__proto__=1': QUERIES,
  'is none where the query cannot be read, which is told only to those who are let in': QUERIES,
  'answers 405 to PROPFIND /runs, and says what is allowed':
    'Next itself answers 400 to a method that it does not know',
}

describeHttpAdapter(
  'Next.js',
  async (mounts) => {
    opened += 1
    const id = String(opened)
    scenes.set(id, { scheduler: mounts.scheduler, mounts: toFetchMounts(mounts) })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scenes/${id}`
    // Makes the handlers of the scene, as a module of a route does when it is loaded.
    await fetch(`${url}/none`)
    return {
      adminUrl: `${url}/admin`,
      marketDataUrl: `${url}/market-data`,
      healthUrl: `${url}/health`,
      close: async () => void scenes.delete(id),
    }
  },
  { except: ANSWERED_BY_NEXT },
)
