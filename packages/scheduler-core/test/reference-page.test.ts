import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { routesPage } from '../src/http/service/reference-page.ts'
import { metricsPage } from '../src/metrics/reference-page.ts'
import { policiesPage } from '../src/policy/reference-page.ts'
import { DECLARED } from './declared.ts'

it('the reference page of metrics is the one that the table makes (tools/repo/metrics-page.ts writes it)', () => {
  const committed = readFileSync(new URL('../../../docs/reference/metrics.md', import.meta.url), 'utf8')
  expect(committed).toBe(metricsPage(DECLARED))
})

it('the reference page of routes is the one that the table makes (tools/repo/routes-page.ts writes it)', () => {
  const committed = readFileSync(new URL('../../../docs/reference/routes.md', import.meta.url), 'utf8')
  expect(committed).toBe(routesPage())
})

it('the reference page of policies is the one that the table makes (tools/repo/policies-page.ts writes it)', () => {
  const committed = readFileSync(new URL('../../../docs/reference/policies.md', import.meta.url), 'utf8')
  expect(committed).toBe(policiesPage())
})
