import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { expect, onTestFinished } from 'vitest'

/** Starts an example's main file on a free port, and asks for a status, a refusal and an event; then ends it. */
export async function runExample(main: string): Promise<void> {
  const { baseUrl, end } = await start(main)
  const authorization = { authorization: 'Bearer secret' }
  const admin = `${baseUrl}/api/v1/admin/scheduler`

  const status = await fetch(`${admin}/status`, { headers: authorization })
  expect(status.status).toBe(200)
  expect(await status.json()).toMatchObject({ schedulerName: 'market_data_scheduler', state: 'running' })

  const refusal = await fetch(`${admin}/status`)
  expect(refusal.status).toBe(401)
  expect(await refusal.json()).toMatchObject({ code: 'UNAUTHENTICATED' })

  expect(await (await fetch(`${baseUrl}/health/ready`)).json()).toEqual({ status: 'pass' })

  const events = await fetch(`${baseUrl}/api/v1/market-data/scheduler/events`, { headers: authorization })
  const frames = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!/^id: [0-9a-f-]+\nevent: status\ndata: \{.*\}\n\n/m.test(text)) text += (await frames?.read())?.value ?? ''

  expect(await end()).toBe(0)
}

async function start(main: string) {
  const child = spawn(process.execPath, ['--conditions=@pm/source', main], {
    env: { ...process.env, PORT: '0', TOKEN: 'secret' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const baseUrl = /^http:\/\/[\d.]+:\d+/.exec(String(line))?.[0]
  if (baseUrl === undefined) throw new Error(`It says no address: ${line}`)
  return {
    baseUrl,
    async end() {
      child.kill('SIGTERM')
      return (await once(child, 'exit'))[0] as number | null
    },
  }
}
