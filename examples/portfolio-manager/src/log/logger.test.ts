import { expect, test } from 'vitest'

import { createLogger } from './logger.ts'

test('JSON lines have the shape that pino writes', () => {
  const lines: string[] = []
  const logger = createLogger({ format: 'json', write: (text) => lines.push(text), now: () => 1_000 })
  logger.warn({ job: 'poll' }, 'slow')
  expect(lines).toEqual(['{"level":40,"time":1000,"job":"poll","msg":"slow"}\n'])
})

test('an error is written as code, message and cause, on one line and without a stack', () => {
  const lines: string[] = []
  const logger = createLogger({ format: 'pretty', write: (text) => lines.push(text) })
  const cause = Object.assign(new Error('no\nroute\u001b[2J'), { code: 'EHOSTUNREACH' })
  logger.error({ error: new Error('No answer.', { cause }) }, 'poll failed')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^\d\d:\d\d:\d\d {2}ERROR: poll failed {2}error=No answer. \(EHOSTUNREACH: no route \[2J\)\n$/,
  )
})

test('secrets reach no line, neither plain nor URL-encoded', () => {
  const lines: string[] = []
  const secrets = ['p@ss word', 'KEY123']
  for (const format of ['pretty', 'json'] as const) {
    const logger = createLogger({ format, secrets, write: (text) => lines.push(text) })
    logger.info({ url: `https://x/?apikey=KEY123&p=${encodeURIComponent('p@ss word')}` }, 'asked with p@ss word')
  }
  expect(lines.join('')).not.toMatch(/KEY123|p@ss|p%40ss/)
})
