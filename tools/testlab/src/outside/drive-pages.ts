import assert from 'node:assert/strict'

import { ask, type Target } from './ask.ts'

/** The pages below `mount`: who may not see them, the page itself under its own policy, and a script of it. */
export async function drivePages(target: Target, mount: string): Promise<void> {
  assert.equal((await ask(target, mount, { isAnonymous: true })).status, 401)
  const { status, headers, text } = await ask(target, mount)
  assert.equal(status, 200)
  assert.match(String(headers['content-type']), /^text\/html/)
  assert.match(String(headers['content-security-policy']), /default-src 'none'/)
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(text) ?? []
  assert.ok(script, 'the page has a script')
  const { pathname } = new URL(script, `${target.url}${mount}/`)
  const asset = await ask(target, pathname)
  assert.equal(asset.status, 200, pathname)
  assert.match(String(asset.headers['cache-control']), /immutable/)
}
