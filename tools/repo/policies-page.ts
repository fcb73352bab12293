/**
 * Makes docs/reference/policies.md out of the table of policies. `node --conditions=@pm/source tools/repo/policies-page.ts`
 * writes it; a test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { policiesPage } from '../../packages/scheduler-core/src/policy/reference-page.ts'

writeFileSync(new URL('../../docs/reference/policies.md', import.meta.url), policiesPage())
