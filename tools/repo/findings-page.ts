/**
 * Makes the list of findings/README.md out of the heads of the scripts: `node tools/repo/findings-page.ts` writes it; a test
 * holds the committed page equal to what this makes.
 */
import { readFileSync, writeFileSync } from 'node:fs'

import { readFindings, withList } from './reference/findings-page.ts'

const page = new URL('../../findings/README.md', import.meta.url)
writeFileSync(page, withList(readFileSync(page, 'utf8'), readFindings()))
