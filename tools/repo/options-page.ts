/**
 * Makes docs/reference/options.md out of the declarations of every package's entries: `node tools/repo/options-page.ts`
 * writes it; a test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { optionsPage } from './reference/options-page.ts'
import { readEntries } from './reference/read-options.ts'

writeFileSync(new URL('../../docs/reference/options.md', import.meta.url), optionsPage(readEntries()))
