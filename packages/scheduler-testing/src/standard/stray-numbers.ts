import type { View } from '@pm/scheduler-core'

/** The numbers of a response that no metric stands behind: there is no knowing what they mean. */
export function strayNumbers(response: unknown, bindings: View<unknown>['bindings']): readonly string[] {
  const patterns = bindings.map(({ path }) => patternOf(path))
  return numbersIn(response).flatMap(({ path, value }) => {
    if (!Number.isFinite(value)) return [`${path} is ${value}, which JSON cannot say`]
    return patterns.some((pattern) => pattern.test(path)) ? [] : [`${path} is a number that no metric defines`]
  })
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.[\]]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('\\[\\]', '\\[\\d+\\]').replaceAll('*', '[^.]+')}$`)
}

interface FoundNumber {
  readonly path: string
  readonly value: number
}

function numbersIn(value: unknown, path = ''): readonly FoundNumber[] {
  if (typeof value === 'number') return [{ path, value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    numbersIn(part, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`),
  )
}
