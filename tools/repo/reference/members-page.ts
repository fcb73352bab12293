import { sectionOf } from './options-page.ts'
import type { Entry } from './read-options.ts'

interface MembersPage {
  readonly title: string
  readonly about: string
  /** The types, in their order. */
  readonly types: readonly string[]
}

/** docs/reference/context.md: what a handler is given. */
export const CONTEXT: MembersPage = {
  title: 'The context of a handler',
  about: 'What the argument of a handler has, and what it accepts. A handler is called once for each attempt of a run.',
  types: ['RunContext', 'ProviderCall'],
}

/** docs/reference/events.md: what a scheduler tells its own process. */
export const EVENTS: MembersPage = {
  title: 'Events',
  about:
    "What a scheduler tells the listeners of its own process, as `scheduler.on('run-settled', listener)` asks for it. Event streams over HTTP are [routes](routes.md).",
  types: ['SchedulerEvents'],
}

/** A page about some types of the entries, out of their declarations. Their links to other types lead to the options. */
export function membersPage({ title, about, types }: MembersPage, entries: readonly Entry[]): string {
  const described = entries.flatMap((entry) => entry.types)
  const sections = types.map((name) => {
    const type = described.find((one) => one.name === name)
    if (!type) throw new Error(`No entry exports ${name}`)
    return sectionOf(type).replace(/^###/, '##').replaceAll('](#', '](options.md#')
  })
  return `${[`# ${title}`, about, MADE, ...sections].join('\n\n')}\n`
}

const MADE = 'This page is generated from the declarations and their comments: `pnpm docs:reference` writes it.'
