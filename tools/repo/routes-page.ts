/**
 * Makes docs/reference/routes.md out of the table of routes. `node --conditions=@pm/source tools/repo/routes-page.ts`
 * writes it; a test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { routesPage } from '../../packages/scheduler-core/src/http/service/reference-page.ts'

writeFileSync(new URL('../../docs/reference/routes.md', import.meta.url), routesPage())
