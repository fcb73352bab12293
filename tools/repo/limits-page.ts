/**
 * Makes docs/reference/limits.md out of packages/scheduler-core/src/limits.ts: `node tools/repo/limits-page.ts` writes it;
 * a test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { limitsPage } from './reference/limits-page.ts'
import { readLimits } from './reference/read-limits.ts'

writeFileSync(new URL('../../docs/reference/limits.md', import.meta.url), limitsPage(readLimits()))
