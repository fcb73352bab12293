import type { Names } from '../sql/names.ts'
import type { MigrationStep } from './steps.ts'

/** What steps make, by their bare names. */
export interface Made {
  /** Each after those that it refers to. */
  readonly tables: readonly string[]
  readonly indexes: readonly string[]
}

/** Read from the statements themselves, so that no list of names can fall behind them. A test holds it to the catalogue. */
export function madeBySteps(steps: readonly MigrationStep[], names: Names): Made {
  const statements = steps.flatMap((step) => step.statements(names))
  const table = `CREATE TABLE ${names.quotedSchema}.`
  return {
    tables: statements.flatMap((statement) => nameAfter(statement, table)),
    indexes: statements.flatMap((statement) => /^\s*CREATE (?:UNIQUE )?INDEX (\w+)/.exec(statement)?.[1] ?? []),
  }
}

function nameAfter(statement: string, start: string): readonly string[] {
  const trimmed = statement.trimStart()
  return trimmed.startsWith(start) ? (/^\w+/.exec(trimmed.slice(start.length)) ?? []) : []
}
