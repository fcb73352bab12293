/** A piece of HTML, as opposed to text that has to be escaped. */
export interface Html {
  readonly markup: string
}

/** A template of HTML: text in it is escaped, HTML stays, arrays are joined, and nothing stands for nothing. */
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
