import {
  CLIENT_CODES,
  type Code,
  METRIC_CODES,
  MONEY_CODES,
  readAlerts,
  readErrors,
  readProviderCodes,
  readReasons,
} from './codes.ts'
import { tableOf } from './table.ts'

/** docs/reference/errors.md, out of the catalogue of errors and the tables of the other codes. */
export function errorsPage(): string {
  return `${[
    INTRODUCTION,
    '## Errors',
    ABOUT_ERRORS,
    tableOf(
      ['code', 'HTTP', 'try again', 'message'],
      readErrors().map(({ code, status, retryable, says }) => [
        link(code),
        `${status}`,
        retryable ? 'yes' : 'no',
        says,
      ]),
    ),
    'The client (`@pm/scheduler-core/client`) rejects with these codes, and with two of its own:',
    told(CLIENT_CODES),
    '## Health reasons',
    'In `health.reasons` of the status, and in the answers of the probes.',
    told(readReasons()),
    '## Alerts',
    'Of [the rules for Prometheus](../operations/prometheus/alert-rules.yml).',
    told(readAlerts()),
    '## Metrics of the host',
    'In `error` of a metric of yours whose value is `null`.',
    listOf(METRIC_CODES),
    '## Market data',
    'What a provider did that gave no price, in `refusals` of feeds and calls:',
    told(readProviderCodes()),
    'In `code` of an amount that was not converted, and of a `MoneyError`:',
    listOf(MONEY_CODES),
  ].join('\n\n')}\n`
}

const INTRODUCTION = `# Codes of errors, reasons and alerts

Every code that the library throws, answers with or raises. Each one links to its entry in
[the runbook](../operations/runbook.md), which says what to look at first and what to do then.

This page is generated from the tables of the sources: \`pnpm docs:reference\` writes it.`

const ABOUT_ERRORS = `Methods throw a \`SchedulerError\` with this \`code\`: \`isSchedulerError(error, 'JOB_NOT_FOUND')\` recognises it. Routes answer
with the same code as a problem (\`application/problem+json\`), and with this status. Where "try again" is yes, the same call,
unchanged, can succeed later. \`‹name›\` in a message is a detail of that name.`

function link(code: string): string {
  return `[\`${code}\`](../operations/runbook.md#${code.toLowerCase()})`
}

function told(codes: readonly Code[]): string {
  return tableOf(
    ['code', ''],
    codes.map(({ code, says }) => [link(code), says]),
  )
}

function listOf(codes: readonly string[]): string {
  return codes.map((code) => `- ${link(code)}`).join('\n')
}
