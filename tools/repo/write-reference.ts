/**
 * Writes every page of docs/reference out of the sources: `pnpm docs:reference`. A test holds the committed pages equal to
 * what this makes.
 */
import { writeFileSync } from 'node:fs'

import { root } from './project.ts'
import { referencePages } from './reference/pages.ts'

for (const [name, text] of referencePages()) writeFileSync(new URL(`docs/reference/${name}`, root), text)
