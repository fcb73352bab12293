import type { Names } from '../sql/names.ts'

const MEASURES = {
  runTally: ['duration_ms', 'lateness_ms'],
  callTally: ['answered_ms'],
  runCall: ['answered_ms'],
} as const

/** Beside the sums of what is measured, its maximum and its histogram, packed into one number. */
export function addDistributions(names: Names): readonly string[] {
  return (['runTally', 'callTally', 'runCall'] as const).flatMap((table) =>
    MEASURES[table].flatMap((measure) => [
      `ALTER TABLE ${names[table]}
        ADD COLUMN ${measure}_max bigint,
        ADD COLUMN ${measure}_histogram numeric NOT NULL DEFAULT 0`,
      `COMMENT ON COLUMN ${names[table]}.${measure}_histogram IS
        'Sixteen decimal digits for each logarithmic bucket, the first bucket in the last ones'`,
    ]),
  )
}
