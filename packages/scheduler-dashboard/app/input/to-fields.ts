/** A part of an input that has a field of its own. */
export interface InputField {
  readonly name: string
  readonly label: string
  readonly help: string | null
  readonly kind: 'text' | 'secret' | 'number' | 'flag' | 'choice'
  /** Of a choice, each as JSON. */
  readonly choices: readonly string[]
  readonly isRequired: boolean
}

type Schema = Readonly<Record<string, unknown>>

/** The fields of a JSON Schema; `null` where it is no flat object of plain values: then one writes JSON. */
export function toFields(schema: Schema): readonly InputField[] | null {
  const properties = asSchema(schema['properties'])
  if (schema['type'] !== 'object' || properties === null) return null
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  const fields = Object.entries(properties).map(([name, value]) => toField(name, value, required.includes(name)))
  return fields.some((field) => field === null) ? null : fields.filter((field) => field !== null)
}

function toField(name: string, value: unknown, isRequired: boolean): InputField | null {
  const schema = asSchema(value)
  const kind = schema && kindOf(schema)
  if (schema === null || kind === null) return null
  return {
    name,
    label: textOf(schema['title']) ?? name,
    help: textOf(schema['description']),
    kind,
    choices: (choicesOf(schema) ?? []).map((choice) => JSON.stringify(choice)),
    // What has a default need not be given.
    isRequired: isRequired && schema['default'] === undefined,
  }
}

const KINDS: Readonly<Record<string, InputField['kind']>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'flag',
}

function kindOf(schema: Schema): InputField['kind'] | null {
  if (choicesOf(schema) !== null) return 'choice'
  const { type } = schema as { readonly type?: unknown }
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null
  return kind === 'text' && schema['writeOnly'] === true ? 'secret' : kind
}

function choicesOf(schema: Schema): readonly unknown[] | null {
  if (Array.isArray(schema['enum'])) return schema['enum']
  return 'const' in schema ? [schema['const']] : null
}

function asSchema(value: unknown): Schema | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
