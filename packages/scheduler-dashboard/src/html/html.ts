/** HTML that needs no escaping, unlike text. */
export interface Html {
  readonly markup: string
}

/** A template of HTML: text is escaped, HTML stays, lists are joined, and missing values are left out. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.map((part, index) => part + render(values[index])).join('') }
}

export type HtmlValue = Html | string | null | undefined | readonly Html[]

/** A value as JSON inside of a script element. Nothing in it can end the element. */
export function jsonInHtml(value: object): Html {
  return { markup: JSON.stringify(value).replace(/[<\u2028\u2029]/g, escapeUnit) }
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
  if ('markup' in value) return value.markup
  return value.map(({ markup }) => markup).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
