import type { Names } from '../sql/names.ts'

/** What operators set at run time, and what each command changed of it. */
export function addConfiguration({ scheduler, controlLog }: Names): readonly string[] {
  return [
    `ALTER TABLE ${scheduler} ADD COLUMN config jsonb NOT NULL DEFAULT '{"jobs": {}, "providers": {}}'`,
    `COMMENT ON COLUMN ${scheduler}.config IS 'What was set at run time, over what the code says'`,
    `ALTER TABLE ${controlLog} ADD COLUMN changes jsonb NOT NULL DEFAULT '[]'`,
    `COMMENT ON COLUMN ${controlLog}.changes IS 'What the command changed of the configuration, setting by setting'`,
  ]
}
