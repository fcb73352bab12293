import { expect, it } from 'vitest'

import { createRedact } from '../../src/redact/create-redact.ts'

/** A made-up secret in which `\\t` and `%41` look like escapes. */
const SECRET = ['wombat', '9%41x', 'lantern', 'tq7'].join('\\')

it('a secret that is split within what looks like an escape of it does not come through', () => {
  const redact = createRedact([SECRET])
  for (let at = 1; at < SECRET.length; at++) {
    for (const joint of ['\n', '\n    ', '\u200b']) {
      const shown = redact(`sent <${SECRET.slice(0, at)}${joint}${SECRET.slice(at)}>`)
      expect([at, joint, shown]).toEqual([at, joint, 'sent <[redacted]>'])
    }
  }
})
