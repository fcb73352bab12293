import type { Names } from '../sql/names.ts'

/**
 * Where each job's cursor began, which an audit needs to know. For jobs that are known already nobody can tell any
 * more: they are judged from their present cursor on.
 */
export function addJobSince({ job }: Names): readonly string[] {
  return [
    `ALTER TABLE ${job} ADD COLUMN since_at timestamptz`,
    `UPDATE ${job} SET since_at = cursor_at`,
    `ALTER TABLE ${job} ALTER COLUMN since_at SET NOT NULL`,
    `COMMENT ON COLUMN ${job}.since_at IS 'The cursor that the job began with: due times after it are accounted for'`,
  ]
}
