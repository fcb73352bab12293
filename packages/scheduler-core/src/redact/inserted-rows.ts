import type { Rule } from './redact.ts'
import { isSecretName } from './secret-names.ts'
import { mayBeSecret } from './values.ts'

const INSERT = /\binsert\s{1,8}into\s{1,8}[^\s(]{1,200}\s{0,8}\(([^()]{1,2000})\)\s{0,8}values\s{0,8}(?=\()/gi
const LITERAL = /'((?:[^']|''){1,2000})'/g
const MAX_ROWS = 8_192

/** The texts of the rows of `INSERT INTO … (…, password) VALUES (…)`, where a column has the name of a secret. */
export const insertedRows: Rule = (text, hide) => {
  INSERT.lastIndex = 0
  for (let found = INSERT.exec(text); found; found = INSERT.exec(text)) {
    const columns = (found[1] ?? '').split(',').map((column) => column.replace(/[\s"`[\]]/g, ''))
    if (!columns.some(isSecretName)) continue
    const start = INSERT.lastIndex
    const semicolon = text.indexOf(';', start)
    const end = Math.min(semicolon < 0 ? text.length : semicolon, start + MAX_ROWS)
    for (const { index, 1: value = '' } of text.slice(start, end).matchAll(LITERAL)) {
      if (mayBeSecret(value)) hide(start + index + 1, start + index + 1 + value.length)
    }
    INSERT.lastIndex = end
  }
}
