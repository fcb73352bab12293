import { createCommandLimits, createFetchHandler } from '@pm/scheduler-core/http'
import { expect, it } from 'vitest'

import { walkRoutes } from '../../walk/walk-routes.ts'
import { describeHttpWalk } from './describe-http-walk.ts'
import { ON_PREFIXES, serveFetch } from './serve-fetch.ts'
import { openWalkScene, verdictOf } from './walk-scene.ts'

describeHttpWalk('the fetch handler on node:http', serveFetch(ON_PREFIXES))

it('the walk admits nothing of the fetch handler by itself', async () => {
  const { scheduler, walk, stand } = await openWalkScene(serveFetch(ON_PREFIXES))
  const authorize = ({ headers }: Request, target: { readonly access: string }) =>
    verdictOf((name) => headers.get(name), target)
  const commandLimits = createCommandLimits({ perMinute: 1e9, burst: 1e9 })
  const handlers = {
    admin: createFetchHandler(scheduler, { view: 'admin', authorize, control: true, commandLimits, version: 'v2' }),
    'market-data': createFetchHandler(scheduler, { view: 'market-data', authorize, version: 'v2' }),
  }
  const before = await stand()
  const report = await walkRoutes({
    ...walk,
    async send({ view, method, path, headers, body }) {
      // No client of fetch can send it.
      if (method === 'TRACE') return { status: 400, headers: {}, text: '' }
      const answer = await handlers[view](new Request(`http://localhost${path}`, { method, headers, body }))
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await firstOf(answer) }
    },
  })
  expect(report.admitted).toEqual([])
  expect(await stand()).toEqual(before)
})

/** The body; of a stream its first event. */
async function firstOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type') !== 'text/event-stream' || answer.body === null) return answer.text()
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/\ndata: .*\n\n$/.test(text)) {
    const { value = '', done } = await reader.read()
    text += value
    if (done) break
  }
  await reader.cancel()
  return text
}
