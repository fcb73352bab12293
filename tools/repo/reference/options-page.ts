import type { DescribedType, Entry, Member } from './read-options.ts'
import { tableOf as tableOfCells } from './table.ts'

/** docs/reference/options.md, out of the declarations of every entry. */
export function optionsPage(entries: readonly Entry[]): string {
  const described = entries.filter(({ types }) => types.length > 0)
  const sections = described.flatMap(({ name, types }) => [`## \`${name}\``, ...types.map(sectionOf)])
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`
}

const IN_BRACKETS = / ?\(default:? ((?:[^()]|\([^()]*\))*)\)/
const AS_SENTENCE = /(?<=^|\. )Default:? (.*?)(?:\. |\.$|$)/

/** What holds when a member is left out, as its comment says: `(default 5)` or `Default 5.`; `null` when it says nothing. */
export function defaultOf({ text }: Pick<Member, 'text'>): string | null {
  return IN_BRACKETS.exec(text)?.[1] ?? AS_SENTENCE.exec(text)?.[1] ?? null
}

/** What the comment says beside the default. */
export function purposeOf({ text, isOptional }: Pick<Member, 'text' | 'isOptional'>): string {
  if (!isOptional) return text
  return (IN_BRACKETS.test(text) ? text.replace(IN_BRACKETS, '') : text.replace(AS_SENTENCE, '')).trim()
}

const INTRODUCTION = `# Options, what handlers are given, and events

Every option of every package with its default; every member of the context that a handler is given
([\`RunContext\`](#runcontext)); every event of a scheduler ([\`SchedulerEvents\`](#schedulerevents)). Durations end in \`Ms\` and
are milliseconds. What the policies of a job accept is in [their own reference](policies.md).

This page is generated from the declarations and their comments: \`pnpm docs:reference\` writes it.`

export function sectionOf(type: DescribedType): string {
  const own = type.members.filter(({ describedIn }) => describedIn === type.name)
  const parts = [
    `### \`${type.name}\``,
    type.text,
    type.takenBy.length > 0 ? `Taken by ${listed(type.takenBy.map((name) => `\`${name}\``))}.` : '',
    type.oneOf.length > 0 ? `One of ${listed(type.oneOf.map(link))}.` : '',
    own.length > 0 ? tableOf(own) : '',
    ...besidesOf(type),
  ]
  return parts.filter(Boolean).join('\n\n')
}

function tableOf(members: readonly Member[]): string {
  const hasOptional = members.some(({ isOptional }) => isOptional)
  const rows = members.map((member) => {
    const { name, type, isOptional } = member
    const without = isOptional ? (defaultOf(member) ?? '') : '**required**'
    return [`\`${name}\``, type && `\`${type}\``, ...(hasOptional ? [without] : []), purposeOf(member)]
  })
  const head = ['member', 'type', ...(hasOptional ? ['default'] : []), '']
  return tableOfCells(head, rows)
}

/** The members that have their row elsewhere, by the type that has it. */
function besidesOf({ name, members }: DescribedType): string[] {
  const elsewhere = Map.groupBy(
    members.filter(({ describedIn }) => describedIn !== name),
    ({ describedIn }) => describedIn,
  )
  return [...elsewhere].map(
    ([owner, shared]) => `As in ${link(owner)}: ${listed(shared.map((member) => `\`${member.name}\``))}.`,
  )
}

function link(name: string): string {
  return `[\`${name}\`](#${name.toLowerCase()})`
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
