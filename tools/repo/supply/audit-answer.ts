/** What `pnpm audit --json` says. */
export type AuditAnswer =
  | { readonly kind: 'none' }
  /** One line for each advisory. */
  | { readonly kind: 'found'; readonly advisories: readonly string[] }
  /** The registry could not be asked. */
  | { readonly kind: 'no-answer'; readonly why: string }

/** Reads what `pnpm audit --json` has written. What is no report is no answer: it must not pass for none. */
export function readAudit(text: string): AuditAnswer {
  const report = parse(text)
  const { advisories, error } = isRecord(report) ? report : {}
  if (!isRecord(advisories)) return { kind: 'no-answer', why: whyOf(error) ?? inShort(text) }
  const found = Object.values(advisories).filter(isRecord)
  if (found.length === 0) return { kind: 'none' }
  return { kind: 'found', advisories: found.map(lineOf) }
}

function lineOf(advisory: Record<string, unknown>): string {
  const { severity, module_name: name, title, url } = advisory
  return [severity, name, title, url].filter((part) => typeof part === 'string').join(', ')
}

function whyOf(error: unknown): string | null {
  if (!isRecord(error)) return null
  const { code, message } = error
  const said = [code, message].filter((part) => typeof part === 'string').join(': ')
  return said === '' ? null : inShort(said)
}

/** In one line, without the frame that pnpm draws. */
function inShort(text: string): string {
  return (
    text
      .replace(/[\s│×]+/g, ' ')
      .trim()
      .slice(0, 200) || 'it said nothing'
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
