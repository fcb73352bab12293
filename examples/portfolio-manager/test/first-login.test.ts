import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createTestDatabase } from '@pm/embedded-postgres/vitest'
import { expect, test } from 'vitest'

import { runMain } from './run-main.ts'

test('the link that a start prints logs in once, by its button', async () => {
  await using database = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'first-login-'))
  const main = runMain({ PORT: '0', DATA_DIR: folder, DATABASE_URL: database.url, MARKET_DATA: 'replay' })
  const [, link = ''] = await main.printed(/^ {2}analyst {2}(\S+\/login\?link=\S+)$/m)
  const { origin, pathname, searchParams } = new URL(link)
  expect((await fetch(link)).status).toBe(200)
  const press = () =>
    fetch(origin + pathname, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin },
      body: new URLSearchParams({ link: searchParams.get('link') ?? '' }),
    })
  const first = await press()
  expect([first.status, (await press()).status]).toEqual([303, 401])
  const cookie = first.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  expect((await fetch(`${origin}/api/v1/portfolio`, { headers: { cookie } })).status).toBe(200)
  main.child.kill('SIGTERM')
  expect(await main.exited).toBe(0)
  const [, token = 'none'] = /Bearer (\S+)" \S+\/api\/v1\/portfolio/.exec(main.stdout) ?? []
  expect(main.stdout.split(token)).toHaveLength(3)
  expect(main.stdout).not.toContain(new URL(database.url).password || 'no password')
  rmSync(folder, { recursive: true, force: true })
})
