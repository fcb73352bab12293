import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))

it('keeps a process alive that has nothing else, until it is closed', async () => {
  const child = await open()
  await sleep(500)
  expect(child.exitCode).toBeNull()
  const exit = once(child, 'exit')
  child.kill('SIGUSR2')
  expect(await exit).toEqual([0, null])
})

it('lets the process end where the host says so', async () => {
  const child = await open('let-go')
  if (child.exitCode === null) await once(child, 'exit')
  expect(child.exitCode).toBe(0)
})

async function open(mode = 'keep'): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(process.execPath, ['--conditions=@pm/source', CHILD, mode])
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('open\n')
  return child
}
