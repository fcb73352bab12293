import fc from 'fast-check'
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

test.each(['level', 'time', 'msg'])('a field cannot pass for the %s of the logger', (name) => {
  const lines: string[] = []
  const logger = createLogger({ format: 'json', write: (text) => lines.push(text), now: () => 1_000 })
  logger.warn({ [name]: 'forged' }, 'the message')
  expect(lines).toEqual([`{"level":40,"time":1000,"field_${name}":"forged","msg":"the message"}\n`])
})

test('whatever the fields are, a line is one line with the time, the level and the message of the logger', () => {
  const lines: string[] = []
  const write = (text: string) => lines.push(text)
  const json = createLogger({ format: 'json', write, now: () => 1_000 })
  const pretty = createLogger({ format: 'pretty', write, now: () => 1_000 })
  const name = fc.oneof(fc.constantFrom('level', 'time', 'msg', '__proto__', 'toJSON'), fc.string())
  const value = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true })
  fc.assert(
    fc.property(fc.dictionary(name, value), (fields) => {
      lines.length = 0
      json.error(fields, 'the message')
      pretty.error(fields, 'the message')
      expect(lines.map((line) => line.indexOf('\n') === line.length - 1)).toEqual([true, true])
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 50, time: 1_000, msg: 'the message' })
      expect(lines[0]).toMatch(/^\{"(?:level|\d+":.*"level)":50,"time":1000,/)
      expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d {2}ERROR: the message/)
    }),
  )
})

test('fields that answer for JSON, refuse it or turn the direction of writing cannot change the line', () => {
  const lines: string[] = []
  const write = (text: string) => lines.push(text)
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  createLogger({ format: 'json', write, now: () => 1_000 }).info({ toJSON: () => 'mine', circle, big: 10n }, 'kept')
  createLogger({ format: 'pretty', write }).info({ name: 'a\u202eb\u2028c' }, 'kept')
  expect(lines[0]).toBe('{"level":30,"time":1000,"circle":"[not JSON]","big":"10","msg":"kept"}\n')
  expect(lines[1]).toMatch(/ {2}kept {2}name=a b c\n$/)
})
