import { describeHttpAdapter, toFetchMounts } from '@pm/scheduler-testing/conformance'

import { ADMIN, createApp, MARKET_DATA } from './create-app.ts'

describeHttpAdapter(
  'Deno.serve',
  async (mounts) => {
    const app = createApp(mounts.scheduler, toFetchMounts(mounts))
    const aborted = new AbortController()
    const options = { port: 0, hostname: '127.0.0.1', signal: aborted.signal, onListen: () => {} }
    const server = Deno.serve(options, app)
    const url = `http://127.0.0.1:${server.addr.port}`
    return {
      adminUrl: url + ADMIN,
      marketDataUrl: url + MARKET_DATA,
      healthUrl: url,
      close: async () => {
        aborted.abort()
        await server.finished
      },
    }
  },
  {
    except: {
      'are no longer wanted once their caller has hung up, and wanted as long as it waits':
        'Deno aborts the signal of an answered request, too; drive-streams sees that hang-ups are noticed',
    },
  },
)
