import { expect, it } from 'vitest'

import { createBullmqEngine } from './create-bullmq-engine.ts'

it.each([undefined, null, 7, '', 'http://:s3cret@redis', ':s3cret@redis', []])(
  'refuses the connection %j, and does not show it',
  (connection) => {
    const create = () => createBullmqEngine({ connection: connection as never })
    expect(create).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }))
    expect(create).not.toThrow(/s3cret/)
  },
)

it.each(['', 'a:b', 'a'.repeat(101), 7])('refuses the prefix %j', (prefix) => {
  expect(() => createBullmqEngine({ connection: {}, prefix: prefix as never })).toThrow(/^Invalid prefix: /)
})

it('connects to nothing before it is opened', async () => {
  const engine = createBullmqEngine({ connection: 'redis://127.0.0.1:1' })
  await expect(engine.dispatch([])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  await engine.close()
})
