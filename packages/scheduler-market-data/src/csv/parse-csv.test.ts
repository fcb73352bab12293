import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { parseCsv } from './parse-csv.ts'

const parse = (text: string, separator = ',') =>
  parseCsv(text, separator)?.rows.map((row) => Object.fromEntries(row)) ?? null

describe('a table', () => {
  test('has its fields by the names of the first line, whatever their case', () => {
    expect(parse('Symbol,Close\r\nAAPL.US,189.5\r\nVOD.UK,"1,189.5"\r\n')).toEqual([
      { symbol: 'AAPL.US', close: '189.5' },
      { symbol: 'VOD.UK', close: '1,189.5' },
    ])
    expect(parse('a;b\n1;"say ""hi"""\n', ';')).toEqual([{ a: '1', b: 'say "hi"' }])
  })

  test('leaves out lines of another length', () => {
    expect(parse('a,b\n1\n1,2,3\n\n4,5\n')).toEqual([{ a: '4', b: '5' }])
  })

  test('that breaks off leaves out the field that may have lost digits', () => {
    expect(parse('a,b\n1,189.5\n2,18')).toEqual([{ a: '1', b: '189.5' }, { a: '2' }])
  })

  test('tells that it broke off in a line, unless the last line is whole but for its end', () => {
    const table = 'a,b,c\n1,2,3\n4,5,6\n'
    const isCut = (text: string) => parseCsv(text, ',')?.isCut
    for (let length = 'a,b,c\n'.length; length <= table.length; length++) {
      const [last = ''] = table.slice(0, length).split('\n').slice(-1)
      expect([length, isCut(table.slice(0, length))]).toEqual([length, last !== '' && last.split(',').length < 3])
    }
    expect([isCut(`${table}  `), isCut(`${table}4,5\n`), isCut(`${table}4,5,6,7`)]).toEqual([false, false, false])
  })

  test('is none without a whole first line, or with an open quotation mark', () => {
    for (const text of ['', 'a,b', 'a,b\n1,"2', 'a,b\n1,2"3"x,"']) expect(parse(text)).toBeNull()
  })

  test('is read back as it was written, for any fields', () => {
    const field = fc.stringMatching(/^[a-z0-9",. ;\n-]*$/).map((text) => text.trim())
    const rows = fc.array(fc.tuple(field, field, field), { maxLength: 5 })
    const written = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    fc.assert(
      fc.property(rows, (rows) => {
        const text = ['x,y,z', ...rows.map((row) => row.map(written).join(','))].map((line) => `${line}\n`).join('')
        expect(parse(text)).toEqual(rows.map(([x, y, z]) => ({ x, y, z })))
      }),
    )
  })

  test('that is cut off anywhere has no number that was not sent', () => {
    const text = 'symbol,close,volume\nAAPL,189.55,1000\nMSFT,410.25,2000\n'
    const sent = new Set(['189.55', '410.25', '1000', '2000'])
    for (let length = 0; length < text.length; length++) {
      for (const row of parse(text.slice(0, length)) ?? []) {
        for (const value of [row['close'], row['volume']]) if (value !== undefined) expect(sent).toContain(value)
      }
    }
  })
})
