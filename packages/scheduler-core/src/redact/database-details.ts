import type { Rule } from './redact.ts'

/** Rows that databases put into their messages. The place of the value is the group. */
const DETAILS = [
  // PostgreSQL in any language: `Key (email)=(…) already exists.`, `Schlüssel »(email)=(…)« existiert bereits.`
  /(?<=\p{L}\s[»"“«„]?\s?)\([^()\n]{1,200}(?:\([^()\n]{0,200}\)[^()\n]{0,200}){0,4}\)=\(((?:[^\n]{1,2000}?(?=\)[»”"'«]?\s(?:already|is|conflicts|existiert|ist|kollidiert)\b)|[^\n]{1,2000}))\)/gu,
  /, column [^:\n]{1,64}: "([^\n]{1,1000})"/g,
  /\bCOPY [^\n]{1,130}?, line \d{1,12}: "([^\n]{1,4000})"/g,
  // TypeORM and Drizzle: the parameters of a statement that failed.
  /-- PARAMETERS: (\[[^\n]{1,4000}\])/g,
  /\bFailed query: [\s\S]{1,1000}?\nparams: ([^\n]{1,4000})/g,
  /Failing row contains \(([^\n]{1,4000})\)/g,
  /\$\d{1,4} = '((?:[^'\n]|''){1,2000})'/g,
  // MySQL, SQL Server and MongoDB.
  /dup key: \{ ([^\n]{1,1000}) \}/g,
  /Duplicate entry '([^\n]{1,1000}?)' for key/g,
  /The duplicate key value is \(([^\n]{1,1000})\)/g,
]

export const databaseDetails: Rule = (text, hide) => {
  for (const pattern of DETAILS) {
    for (const { index, 0: whole, 1: value = '' } of text.matchAll(pattern)) {
      const start = index + whole.lastIndexOf(value)
      hide(start, start + value.length)
    }
  }
}
