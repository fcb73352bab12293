import * as z from 'zod'

import type { HttpView } from '../guard/access.ts'
import type { Route } from '../routes/route.ts'
import { routesOf } from './views-of.ts'

/** The reference of every route, as a page of Markdown. */
export function routesPage(): string {
  return `${[HEAD, ...SECTIONS.flatMap(section)].join('\n\n')}\n`
}

const HEAD = `# Routes

Every route of every router, below the path where it is mounted. \`action\` is what \`authorize\` is asked about. Those with the
access \`control\` are there only with \`control: true\`, take \`Idempotency-Key\`, and are refused to pages of other sites. A
query parameter or field with a question mark may be left out. What is no success is \`application/problem+json\`. The
schemas are in \`/openapi.json\` of each router and in the package, as \`@pm/scheduler-core/openapi/admin.v1.json\` and others.

A parameter that a route does not have is refused, except by \`/status\` and \`/events\` of version 1.

Versions differ in \`/status\` and \`/events\`: version 1 has the frozen responses, version 2 bounded ones with more in them,
and the parameters of \`/status\` below. [Status, jobs and feeds](../guides/status.md) says more.

This page is generated from the table in \`packages/scheduler-core/src/http/routes\`.`

const SECTIONS: readonly { readonly view: HttpView; readonly title: string }[] = [
  { view: 'admin', title: 'Admin' },
  { view: 'market-data', title: 'Market data' },
  { view: 'health', title: 'Probes' },
]

function section({ view, title }: (typeof SECTIONS)[number]): readonly string[] {
  const rows = routesOf({ view, control: true, version: 'v2' }).map(row)
  const head = ['| route | access | action | query | body | answers |', '| --- | --- | --- | --- | --- | --- |']
  return [`## ${title}`, [...head, ...rows].join('\n')]
}

function row({ method, path, access, action, query, body, responses }: Route): string {
  const cells = [`\`${method} ${path}\``, access, `\`${action}\``, fieldsOf(query), fieldsOf(body)]
  return `| ${[...cells, Object.keys(responses).join(', ')].join(' | ')} |`
}

function fieldsOf(schema: z.ZodType | null): string {
  if (!schema) return ''
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.keys(properties)
    .map((name) => `\`${name}${required.includes(name) ? '' : '?'}\``)
    .join(', ')
}
