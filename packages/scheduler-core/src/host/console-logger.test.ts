import { createManualClock } from '@pm/scheduler-testing'
import { expect, it, onTestFinished, vi } from 'vitest'

import { type ConsoleLoggerOptions, consoleLogger, LOG_LEVELS } from './console-logger.ts'

it('writes one line of JSON with its time, its level, its message and its fields', () => {
  const { logger, lines } = listen()
  logger.info({ scheduler: 'orders', job: 'poll', runId: 'r1', count: 3n }, 'Run\nsettled')
  expect(lines).toEqual([
    '{"time":"2025-09-16T02:00:00.000Z","level":"info","message":"Run\\nsettled","scheduler":"orders","job":"poll","runId":"r1","count":"3"}',
  ])
})

it('writes an error with its code and its causes', () => {
  const { logger, lines } = listen()
  const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
  logger.error({ err: new TypeError('no answer', { cause }) }, 'The handler of a run threw')
  logger.error(new RangeError('given alone'), 'said')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: {
      name: 'TypeError',
      message: 'no answer',
      stack: expect.stringContaining('console-logger.test.ts'),
      cause: { message: 'connection refused', code: 'ECONNREFUSED' },
    },
  })
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ err: { name: 'RangeError' }, message: 'said' })
})

it('keeps its own words, and survives what is no JSON', () => {
  const { logger, lines } = listen()
  const cycle: { self?: object } = {}
  cycle.self = cycle
  logger.warn({ level: 'mine', time: 0 }, 'said')
  logger.warn(cycle, 'said')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'warn', message: 'said', fields: { level: 'mine', time: 0 } },
    { level: 'warn', message: 'said', fields: '[unreadable]' },
  ])
})

it('leaves out what is below its level: by default only what helps to find a mistake', () => {
  const all = (options?: ConsoleLoggerOptions) => {
    const { logger, lines } = listen(options)
    for (const level of LOG_LEVELS) logger[level]({}, level)
    return lines.map((line) => JSON.parse(line).message)
  }
  expect(all()).toEqual(['info', 'warn', 'error'])
  expect(all({ level: 'debug' })).toEqual(LOG_LEVELS)
  expect(all({ level: 'error' })).toEqual(['error'])
})

function listen(options?: ConsoleLoggerOptions) {
  const lines: string[] = []
  for (const level of LOG_LEVELS) {
    const spy = vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line))
    onTestFinished(() => spy.mockRestore())
  }
  return { lines, logger: consoleLogger({ clock: createManualClock(), ...options }) }
}
