import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { schedulerDashboard } from '@pm/scheduler-express'
import express from 'express'
import helmet from 'helmet'
import { describe, expect, it } from 'vitest'

import { createDashboard } from '../src/index.ts'
import { authorize, filesOf, listen, openPage, openScheduler, resolverOf } from './open-host.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
}

/** Without `fetch`, which decompresses and adds headers of its own. */
function get(url: URL, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', reject).end()
  })
}

async function openHost() {
  const dashboard = createDashboard<express.Request>(await openScheduler(), {
    authorize,
    theme: { light: { accent: '#0a5' }, dark: { accent: 'oklch(80% 0.1 150)' } },
  })
  const origin = await listen(express().use(helmet()).use('/admin', schedulerDashboard(dashboard)))
  const page = await openPage(`${origin}/admin`)
  const text = await page.text()
  const resolve = resolverOf(`${origin}/admin`, text)
  return { origin, page, text, files: filesOf(text).map(resolve) }
}

describe('the files of the pages', () => {
  it('are kept for ever by browsers, whole in every encoding, and are not sent again', async () => {
    const { files } = await openHost()
    for (const file of files) {
      const plain = await get(file)
      expect(plain).toMatchObject({
        status: 200,
        headers: {
          'cache-control': 'public, max-age=31536000, immutable',
          'content-length': String(plain.body.byteLength),
          'x-content-type-options': 'nosniff',
        },
      })
      const small = await get(file, { 'accept-encoding': 'gzip, deflate, br' })
      expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
      expect(brotliDecompressSync(small.body).equals(plain.body)).toBe(true)
      const gzipped = await get(file, { 'accept-encoding': 'gzip, br;q=0' })
      expect(gunzipSync(gzipped.body).equals(plain.body)).toBe(true)
      const head = await get(file, {}, 'HEAD')
      expect({ ...head.headers, date: '' }).toEqual({ ...plain.headers, date: '' })
      expect(head.body.byteLength).toBe(0)
      const again = await get(file, { 'if-none-match': String(plain.headers['etag']) })
      expect({ status: again.status, bytes: again.body.byteLength }).toEqual({ status: 304, bytes: 0 })
      expect(await get(file, {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } })
    }
  })

  it('are those of a fixed list, whatever is asked for', async () => {
    const { origin } = await openHost()
    for (const path of [
      'assets/',
      'assets/manifest.json',
      'assets/../manifest.json',
      'assets/..%2fmanifest.json',
      'assets/%2e%2e/manifest.json',
      'manifest.json',
      'assets//etc/passwd',
      'assets/main.js',
    ]) {
      const url = new URL(`${origin}/admin/${path}`)
      const asNobody = await get(url)
      const asAda = await get(url, { 'x-user': 'ada' })
      // The folder of the files is open to everybody; beside it nobody learns what there is.
      const toNobody = url.pathname.startsWith('/admin/assets/') ? 404 : 401
      expect({ path, asNobody: asNobody.status, asAda: asAda.status }).toEqual({ path, asNobody: toNobody, asAda: 404 })
    }
  })

  it('come under a policy without anything inline, scripts too: a worker obeys its own', async () => {
    const { page, files, text } = await openHost()
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|\*|upgrade-insecure/)
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect(text).not.toMatch(/ style=|<style| on\w+="|javascript:/)
    for (const [script] of text.matchAll(/<script[^>]*>/g)) expect(script).toMatch(/ src=| type="application\/json"/)
    for (const file of files.filter(({ pathname }) => pathname.endsWith('.js')))
      expect((await get(file)).headers['content-security-policy']).toContain("connect-src 'self'")
  })

  it('have the colours of the host', async () => {
    const { files } = await openHost()
    const theme = files.find(({ pathname }) => pathname.endsWith('theme.css'))
    expect(theme).toBeDefined()
    const css = String((await get(theme ?? new URL('http://none'))).body)
    expect(css).toContain('--accent: #0a5;')
    expect(css).toContain('--accent: oklch(80% 0.1 150);')
  })
})
