import { defaultInWords, rangeInWords } from './in-words.ts'
import { JOB_POLICIES, RETRY_POLICIES } from './policies.ts'
import { nullMeaning, type Policy, type PolicyTable } from './policy.ts'
import { wireName } from './wire.ts'

/** The reference of every policy, as a page of Markdown. */
export function policiesPage(): string {
  return `${[HEAD, ...sectionsOf(JOB_POLICIES), RETRY, ...sectionsOf(RETRY_POLICIES, 'retry.')].join('\n\n')}\n`
}

const HEAD = `# Policies

What decides when and how a job runs, beside its schedule. \`defineJob\` takes each as an option and fills in the default of
what is left out. Operators can change most of them at run time, with \`scheduler.configureJob\` or \`PATCH /jobs/:job\`; what
is set there takes the place of the code's until it is taken back with \`null\`. See [the guide to
configuration](../guides/configuration.md).

This page is generated from the table in \`packages/scheduler-core/src/policy\`.`

const RETRY = `## Retries

The parts of \`retry\`. A failed attempt is tried again within the same run. Beside them the code can say \`retryable\`, a
function that answers whether an error is worth another attempt; by default every error is, but a \`SchedulerError\` that says
it is not retryable.`

function sectionsOf(table: PolicyTable, prefix = ''): readonly string[] {
  return Object.entries(table).map(([name, policy]) => section(`${prefix}${name}`, policy))
}

function section(name: string, policy: Policy): string {
  const rows = [
    ...valuesOf(policy),
    `default: ${defaultInWords(policy)}`,
    `can be set at run time: ${policy.reach === 'operators' ? 'yes' : 'no'}`,
    policy.reach === 'code' ? 'not shown in the snapshot and in JSON' : `in JSON: \`${wireName(name)}\``,
  ]
  return `## \`${name}\`\n\n${policy.help}\n\n${rows.map((row) => `- ${row}`).join('\n')}`
}

function valuesOf(policy: Policy): readonly string[] {
  if (policy.kind === 'word') return Object.entries(policy.words).map(([word, does]) => `\`${word}\` ${does}`)
  const nothing = nullMeaning(policy)
  const range = `value: ${rangeInWords(policy)}`
  return nothing === null ? [range] : [range, `\`null\`, in the code only: ${nothing}`]
}
