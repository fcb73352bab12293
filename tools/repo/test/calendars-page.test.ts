import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { EXCHANGES, exchangeCalendar } from '../../../packages/scheduler-market-data/src/index.ts'

const page = readFileSync(new URL('../../../docs/guides/calendars.md', import.meta.url), 'utf8')

it('the guide to calendars lists each built-in one with its known days and its source', () => {
  const rows = page.split('\n').flatMap((line) => {
    const [, code = '', , known = '', source = ''] = line.split('|').map((cell) => cell.trim())
    return /^`(X[A-Z]{3}|CME-[A-Z]+|24\/[57]|ECB)`$/.test(code) && source !== '' ? [{ code, known, source }] : []
  })
  expect(rows.filter(({ known }) => /^(always|\d{4}-)/.test(known))).toEqual(
    EXCHANGES.map((exchange) => {
      const { knows, source, checked } = exchangeCalendar(exchange)
      return { code: `\`${exchange}\``, known: checked === null ? 'always' : `${knows.from} to ${knows.to}`, source }
    }),
  )
})
