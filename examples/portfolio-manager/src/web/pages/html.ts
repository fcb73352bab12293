/** HTML that needs no escaping, unlike text. */
export interface Html {
  readonly markup: string
}

/**
 * A template of HTML: text values are escaped, HTML values stay, arrays are joined, and missing values are left out.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = parts.map((part, index) => part + render(values[index])).join('')
  return { markup }
}

export type HtmlValue = Html | string | null | undefined | readonly Html[]

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
