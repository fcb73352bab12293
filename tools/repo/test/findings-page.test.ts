import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { root } from '../project.ts'
import { readFindings, readHead, withList } from '../reference/findings-page.ts'

it('the list of the findings is what their heads say (tools/repo/findings-page.ts writes it)', () => {
  const page = readFileSync(new URL('findings/README.md', root), 'utf8')
  expect(page).toBe(withList(page, readFindings()))
})

it('a script without a part of its head is named, with what it lacks', () => {
  const script =
    '#!/usr/bin/env bash\n# It rains.\n#\n# The guess:  it does not\n# Version:    sky 1.0.0\n# Seen:       rain\n'
  expect(() => readHead('rain.sh', script)).toThrow('findings/rain.sh has no Behaviour, no Source in its head.')
})
