/**
 * Makes docs/reference/supported.md out of the consumers in integrations/. `node tools/repo/supported-page.ts` writes it; a
 * test holds the committed page equal to what this makes.
 */
import { writeFileSync } from 'node:fs'

import { findConsumers } from '../../integrations/machinery/find-consumers.ts'
import { supportedPage } from '../../integrations/machinery/supported-page.ts'
import { publishedPackages } from './published-packages.ts'

const manifests = publishedPackages().map(({ manifest }) => manifest)
writeFileSync(
  new URL('../../docs/reference/supported.md', import.meta.url),
  supportedPage(await findConsumers(), manifests),
)
