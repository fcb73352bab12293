import { expect, it } from 'vitest'

import type { RunView } from '../../contract/run.ts'
import { createLogUrls } from './log-urls.ts'

const RUN: RunView = {
  kind: 'run',
  id: '01990000-0000-8000-8000-000000000000',
  job: 'poll',
  trigger: 'schedule',
  state: 'failed',
  scheduled_for: null,
  queued_at: null,
  queue_wait_ms: null,
  started_at: '2025-09-16T02:00:00.000Z',
  settled_at: null,
  instance: 'one',
  attempt: 1,
  waiting_for: null,
  next_attempt_at: null,
  lateness_ms: null,
  duration_ms: null,
  cancel_requested: false,
  items: { processed: 0, failed: 0, skipped: 0 },
  calls: [],
  progress: null,
  error: null,
  log_url: null,
}

it.each([
  'https://logs.example/run/1?from=2#x',
  'HTTP://logs.example',
  '/logs/1',
  'logs/1:2?x=javascript:1',
  '../1',
  '?run=1',
  '#run',
  '//logs.example/1',
  '/日志?q=<img src=x>',
  null,
  `/${'x'.repeat(2_047)}`,
])('lets %j through', (answer) => {
  const { logUrlOf, reported } = create(() => answer)
  expect(logUrlOf(RUN)).toBe(answer)
  expect(reported).toEqual([])
})

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'ftp://logs.example/',
  'blob:https://logs.example/1',
  'logs:1',
  'https://',
  'http://[',
  '',
  `/${'x'.repeat(2_048)}`,
  undefined,
  1,
  new URL('https://logs.example/'),
  Promise.resolve('/logs/1'),
])('makes null of %j and says why, but not what it was', (answer) => {
  const { logUrlOf, reported } = create(() => answer)
  expect(logUrlOf(RUN)).toBeNull()
  expect(reported).toEqual([expect.objectContaining({ code: 'INVALID_OPTIONS' })])
  expect(String(reported[0])).not.toContain('logs.example')
})

it('hears a promise that rejects, though a hook may not answer one', async () => {
  const { logUrlOf, reported } = create(async () => fail('asynchronous'))
  expect(logUrlOf(RUN)).toBeNull()
  expect(reported).toEqual([expect.objectContaining({ code: 'INVALID_OPTIONS' })])
})

it('reports the first failure of a request, and goes on asking', () => {
  const answers = [() => fail('first'), () => fail('second'), () => '/logs/1']
  const { logUrlOf, reported } = create(() => answers.shift()?.())
  expect([logUrlOf(RUN), logUrlOf(RUN), logUrlOf(RUN)]).toEqual([null, null, '/logs/1'])
  expect(reported).toEqual([new Error('first')])
})

function create(hook: () => unknown) {
  const reported: unknown[] = []
  const logUrlOf = createLogUrls({ hook: hook as () => string | null, onFailure: (error) => void reported.push(error) })
  return { logUrlOf, reported }
}

function fail(message: string): never {
  throw new Error(message)
}
