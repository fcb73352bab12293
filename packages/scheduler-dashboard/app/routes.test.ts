import { describe, expect, it } from 'vitest'

import { routes, textOf } from './routes.ts'

describe('the path of a job', () => {
  it('leads back to its name, also with characters that the router leaves encoded', () => {
    for (const name of ['poll', 'rec.on:cile', 'a_b-c.1']) {
      // As the router reads a path.
      const segment = decodeURI(routes.job(name)).split('/').at(-1) ?? ''
      expect(textOf(segment)).toBe(name)
    }
  })

  it('that is no valid encoding is the text itself', () => {
    expect(textOf('%ff')).toBe('%ff')
  })
})
