import type { Names } from '../sql/names.ts'
import type { MigrationStep } from './steps.ts'

/** The names of the objects that steps create, without the schema. */
export interface Made {
  /** A table comes after the tables that it refers to. */
  readonly tables: readonly string[]
  readonly indexes: readonly string[]
}

/**
 * Reads the names from the statements, so that there is no second list to maintain. A test compares them with pg_class.
 */
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
