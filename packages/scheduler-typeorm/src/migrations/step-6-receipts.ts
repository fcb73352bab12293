import type { Names } from '../sql/names.ts'

/** What was answered to commands that came with an idempotency key. `json` keeps an answer as it was, to the byte. */
export function createReceipts({ receipt }: Names): readonly string[] {
  return [
    `CREATE TABLE ${receipt} (
      scheduler text COLLATE "C" NOT NULL,
      id uuid NOT NULL,
      fingerprint uuid NOT NULL,
      answer json NOT NULL,
      answered_at timestamptz NOT NULL,
      PRIMARY KEY (scheduler, id)
    )`,
    `CREATE INDEX receipt_answered_at ON ${receipt} (scheduler, answered_at)`,
    `COMMENT ON TABLE ${receipt} IS 'Commands that came with an idempotency key, kept for a day'`,
  ]
}
