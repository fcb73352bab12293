import { type BoundValue, below } from './bound-values.ts'

/** The numbers of a response that no metric stands behind: there is no knowing what they mean. */
export function strayNumbers(response: unknown, values: readonly BoundValue[]): readonly string[] {
  const bound = new Set(values.map(({ path }) => path))
  return numbersIn(response).flatMap(({ path, value }) => {
    if (!Number.isFinite(value)) return [`${path} is ${value}, which JSON cannot say`]
    return bound.has(path) ? [] : [`${path} is a number that no metric defines`]
  })
}

interface FoundNumber {
  readonly path: string
  readonly value: number
}

function numbersIn(value: unknown, path = ''): readonly FoundNumber[] {
  if (typeof value === 'number') return [{ path, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    numbersIn(part, Array.isArray(value) ? `${path}[${name}]` : below(path, name)),
  )
}
