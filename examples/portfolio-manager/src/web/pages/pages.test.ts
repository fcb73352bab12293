import { expect, test } from 'vitest'

import { loadAssets } from '../assets.ts'
import { homePage } from './home-page.ts'
import { html } from './html.ts'
import { linkPage } from './link-page.ts'
import { loginPage } from './login-page.ts'
import { logoutPage } from './logout-page.ts'

const assets = loadAssets(new URL('../../../public/', import.meta.url))
const [admin, analyst] = (['admin', 'analyst'] as const).map((role) => ({ name: role, role }))
if (!admin || !analyst) throw new Error('two accounts')
const options = { assets, replayNote: ['Prices of the past.'] } as const

test('text in a template cannot become markup, and markup stays', () => {
  const text = '<script>alert("x") & \'y\'</script>'
  expect(html`<p title="${text}">${html`<b>${text}</b>`}${null}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;x&quot;) &amp; &#39;y&#39;&lt;/script&gt;">' +
      '<b>&lt;script&gt;alert(&quot;x&quot;) &amp; &#39;y&#39;&lt;/script&gt;</b></p>',
  )
})

test('replayed prices are announced on the page, live ones are not', () => {
  expect(homePage({ ...options, account: analyst })).toContain('<strong>REPLAY</strong> Prices of the past.')
  expect(homePage({ ...options, account: analyst, replayNote: null })).not.toContain('REPLAY')
})

test('every role has the way to its own pages of the schedulers, and nobody commands from here', () => {
  const links = (role: 'admin' | 'analyst') =>
    [...homePage({ ...options, account: { name: role, role } }).matchAll(/href="(\.\/admin[^"]*)"/g)].map(
      ([, href]) => href,
    )
  expect(links('admin')).toEqual(['./admin', './admin/market-data', './admin', './admin/system'])
  expect(links('analyst')).toEqual(['./admin/market-data', './admin/market-data'])
  expect(homePage({ ...options, account: admin })).not.toMatch(/data-command|<form(?![^>]*action="\.\/logout")/)
})

test('the page shows dashes until it has data', () => {
  const facts = [...homePage({ ...options, account: admin }).matchAll(/<dd [^>]*>([^<]*)<\/dd>/g)]
  expect(facts.length).toBeGreaterThan(10)
  expect(new Set(facts.map(([, shown]) => shown))).toEqual(new Set(['–']))
})

test('no page has an inline script, style or event handler, as the content security policy demands', () => {
  for (const page of [
    homePage({ ...options, account: admin }),
    loginPage({ assets, problem: 'No.' }),
    linkPage({ assets, to: '/', link: 'x' }),
    logoutPage(assets),
  ]) {
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i)
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//i)
  }
})
