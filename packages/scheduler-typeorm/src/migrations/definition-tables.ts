import type { Names } from '../sql/names.ts'

/** The tables of what the code says of each job: which instance has what, and what was in effect when. */
export function definitionTables({ holding, definition }: Names): readonly string[] {
  return [
    `CREATE TABLE ${holding} (
      scheduler text COLLATE "C" NOT NULL,
      instance text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      key text NOT NULL,
      digest text NOT NULL,
      PRIMARY KEY (scheduler, instance, job)
    )`,
    `COMMENT ON TABLE ${holding} IS 'Which definition of which job each instance has'`,
    `CREATE TABLE ${definition} (
      scheduler text COLLATE "C" NOT NULL,
      job text COLLATE "C" NOT NULL,
      began bigint NOT NULL,
      version bigint NOT NULL,
      since_at timestamptz NOT NULL,
      until_at timestamptz,
      key text NOT NULL,
      digest text NOT NULL,
      definition jsonb NOT NULL,
      PRIMARY KEY (scheduler, job, began)
    )`,
    `COMMENT ON TABLE ${definition} IS 'What the code said of each job, and when that was in effect'`,
    `COMMENT ON COLUMN ${definition}.began IS 'The version of the definitions at which it began'`,
    `COMMENT ON COLUMN ${definition}.version IS 'The version of the definitions at which it began or ended last'`,
    `CREATE UNIQUE INDEX definition_in_effect ON ${definition} (scheduler, job) WHERE until_at IS NULL`,
    `CREATE INDEX definition_version ON ${definition} (scheduler, version)`,
  ]
}
