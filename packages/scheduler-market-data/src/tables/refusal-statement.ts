import type { ColumnName } from './columns.ts'
import type { TableNames } from './layout.ts'
import { scopeOf, sentArrays } from './sql-parts.ts'

/** What is sent of each refusal, in the order of the parameters. */
export const SENT_OF_REFUSAL = [
  'symbol',
  'provider',
  'refusedAt',
  'refusedCode',
  'refusedUntil',
  'askedAt',
  'answeredAt',
] as const

/** Notes that feeds were asked for and gave no quote. Counts those that were really asked. */
export function refusalStatement(names: TableNames): string {
  const { column, feeds } = names
  const { prefix, value, first } = scopeOf(names)
  const c = (name: ColumnName) => column[name]
  const given = SENT_OF_REFUSAL.map((name) => `given.${c(name)}`).join(', ')
  return `
  WITH ${sentArrays({ names, sent: SENT_OF_REFUSAL, first })}
  INSERT INTO ${feeds} AS known (${prefix}${SENT_OF_REFUSAL.map(c).join(', ')}, ${c('since')}, ${c('missingSince')},
         ${c('unansweredAsks')})
  SELECT ${value}${given}, given.${c('refusedAt')}, given.${c('refusedAt')}, (given.${c('askedAt')} IS NOT NULL)::int FROM given
  ON CONFLICT (${prefix}${c('symbol')}, ${c('provider')}) DO UPDATE SET
    ${c('refusedAt')} = excluded.${c('refusedAt')},
    ${c('refusedCode')} = excluded.${c('refusedCode')},
    ${c('refusedUntil')} = excluded.${c('refusedUntil')},
    ${c('askedAt')} = greatest(known.${c('askedAt')}, excluded.${c('askedAt')}),
    ${c('answeredAt')} = greatest(known.${c('answeredAt')}, excluded.${c('answeredAt')}),
    ${c('missingSince')} = coalesce(known.${c('missingSince')}, excluded.${c('missingSince')}),
    ${c('unansweredAsks')} = known.${c('unansweredAsks')} + excluded.${c('unansweredAsks')}`
}
