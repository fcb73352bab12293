import { describe, expect, it } from 'vitest'

import { type InputField, toFields } from './to-fields.ts'
import { toDraft, toInput, toJsonDraft } from './to-input.ts'

const SCHEMA = {
  type: 'object',
  properties: {
    account: { type: 'string', title: 'Account', description: 'As in the bank.' },
    key: { type: 'string', writeOnly: true },
    pages: { type: 'integer', default: 10 },
    full: { type: 'boolean' },
    mode: { enum: ['fast', 'slow'] },
  },
  required: ['account', 'key', 'pages'],
}
const fields = toFields(SCHEMA) ?? []
const type = (values: Readonly<Record<string, string>>) => toInput({ kind: 'fields', values }, fields)

describe('the fields of an input', () => {
  it('are those of a flat object, each of its kind', () => {
    const of = ({ name, label, kind, isRequired }: InputField) => [name, label, kind, isRequired]
    expect(fields.map(of)).toEqual([
      ['account', 'Account', 'text', true],
      ['key', 'key', 'secret', true],
      // What has a default need not be given.
      ['pages', 'pages', 'number', false],
      ['full', 'full', 'flag', false],
      ['mode', 'mode', 'choice', false],
    ])
    expect(fields.at(-1)?.choices).toEqual(['"fast"', '"slow"'])
  })

  it.each([
    { type: 'array', items: {} },
    { type: 'object', properties: { deep: { type: 'object', properties: {} } } },
    { type: 'object', properties: { either: { anyOf: [{ type: 'string' }, { type: 'null' }] } } },
    { anyOf: [] },
    {},
  ])('are none for %j: one writes JSON', (schema) => {
    expect(toFields(schema)).toBeNull()
  })
})

describe('an input', () => {
  it('has values of the kinds of its fields, and not what was left empty', () => {
    expect(type({ account: '007', key: 'k', pages: '3', full: 'true', mode: '"slow"' })).toEqual({
      input: { account: '007', key: 'k', pages: 3, full: true, mode: 'slow' },
    })
    expect(type({ account: 'a', key: 'k' })).toEqual({ input: { account: 'a', key: 'k' } })
  })

  it('says which field is missing, and which is no number', () => {
    expect(type({ key: 'k' })).toMatchObject({ field: 'account', problem: expect.stringContaining('Account') })
    for (const pages of ['many', ' ', '1e999', 'Infinity'])
      expect(type({ account: 'a', key: 'k', pages })).toMatchObject({ field: 'pages' })
  })

  it('goes on as JSON with what was typed, also where something is missing or is no number', () => {
    const draft = toJsonDraft({ account: '007', full: 'true', pages: 'many' }, fields)
    expect(draft).toEqual({ kind: 'json', text: JSON.stringify({ account: '007', full: true }, null, 2) })
    expect(toJsonDraft({}, [])).toEqual({ kind: 'json', text: '{}' })
  })

  it('is nothing where nothing is needed and nothing was typed', () => {
    expect(toInput({ kind: 'fields', values: {} }, [])).toEqual({ input: undefined })
    expect(toInput({ kind: 'json', text: ' ' }, null)).toEqual({ input: undefined })
  })

  it('is what stands there as JSON, or a problem', () => {
    expect(toInput({ kind: 'json', text: '[1, {"a": null}]' }, null)).toEqual({ input: [1, { a: null }] })
    expect(toInput({ kind: 'json', text: '{a' }, null)).toMatchObject({ field: null, problem: expect.any(String) })
  })

  it('is typed as it was given before, but for its secrets', () => {
    const before = { account: '007', key: '[redacted]', pages: 3, full: false, mode: 'slow', more: 1 }
    expect(toDraft(before, fields)).toEqual({
      kind: 'fields',
      values: { account: '007', pages: '3', full: 'false', mode: '"slow"' },
    })
    expect(toDraft(null, fields)).toEqual({ kind: 'fields', values: {} })
    expect(toDraft([1], null)).toEqual({ kind: 'json', text: '[\n  1\n]' })
    expect(toDraft(null, null)).toEqual({ kind: 'json', text: '' })
  })
})
