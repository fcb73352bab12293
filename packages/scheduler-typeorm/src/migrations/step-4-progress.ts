import type { Names } from '../sql/names.ts'

/** How far a long run has come. Written with the lease, in no index. */
export function addProgress({ ledger }: Names): readonly string[] {
  return [
    `ALTER TABLE ${ledger}
      ADD COLUMN progress_done float8,
      ADD COLUMN progress_total float8,
      ADD COLUMN progress_at timestamptz`,
    `COMMENT ON COLUMN ${ledger}.progress_done IS 'What the handler said it has done of progress_total, at progress_at'`,
  ]
}
