import type { MigrationStep } from '../src/migrations/steps.ts'

/**
 * The steps of three releases that never were, for stories that need more steps than ours: the second is one that the
 * first release can still work with, the third is not.
 */
export const SYNTHETIC: readonly MigrationStep[] = [
  {
    version: 1,
    name: 'SyntheticBooks1800000000001',
    readableFrom: 1,
    statements: ({ quotedSchema }) => [
      `CREATE TABLE ${quotedSchema}.author (id int PRIMARY KEY)`,
      `CREATE TABLE ${quotedSchema}.book (title text PRIMARY KEY, author int REFERENCES ${quotedSchema}.author)`,
      `CREATE INDEX book_author ON ${quotedSchema}.book (author)`,
    ],
  },
  {
    version: 2,
    name: 'SyntheticPages1800000000002',
    readableFrom: 1,
    statements: ({ quotedSchema }) => [
      `ALTER TABLE ${quotedSchema}.book ADD COLUMN pages int NOT NULL DEFAULT 0`,
      `CREATE INDEX book_pages ON ${quotedSchema}.book (pages)`,
    ],
  },
  {
    version: 3,
    name: 'SyntheticReaders1800000000003',
    readableFrom: 3,
    statements: ({ quotedSchema }) => [
      `CREATE TABLE ${quotedSchema}.reader (id int PRIMARY KEY)`,
      `COMMENT ON TABLE ${quotedSchema}.reader IS 'Who reads'`,
    ],
  },
]

/** The steps of a release, and one more that the next release adds. */
export function withNextStep(steps: readonly MigrationStep[], readableFrom: number): readonly MigrationStep[] {
  const version = steps.length + 1
  return [
    ...steps,
    {
      version,
      name: `SyntheticNext180000000010${version}`,
      readableFrom,
      statements: ({ quotedSchema }) => [`CREATE TABLE ${quotedSchema}.next_${version} (id int PRIMARY KEY)`],
    },
  ]
}
