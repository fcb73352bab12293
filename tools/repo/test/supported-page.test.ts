import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { findConsumers } from '../../../integrations/machinery/find-consumers.ts'
import { supportedPage } from '../../../integrations/machinery/supported-page.ts'
import { NODE } from '../../../integrations/versions.ts'
import { root } from '../project.ts'
import { publishedPackages } from '../published-packages.ts'

const manifests = publishedPackages().map(({ manifest }) => manifest)

it('the page of supported versions is the one that the consumers make (tools/repo/supported-page.ts writes it)', async () => {
  const page = readFileSync(new URL('docs/reference/supported.md', root), 'utf8')
  expect(page).toBe(supportedPage(await findConsumers(), manifests))
})

it('every package, README and the consumers name the same lowest Node', () => {
  expect(NODE.floor).toBe('22.14.0')
  expect(manifests.filter(({ engines }) => engines?.node !== '>=22.14').map(({ name }) => name)).toEqual([])
  expect(readFileSync(new URL('README.md', root), 'utf8')).toContain('need Node 22.14 or later')
})
