/** The colours that a host may set, by the names that they have in the style of the pages. docs/design.md says what each is for. */
export const THEME_TOKENS = [
  'page',
  'panel',
  'raised',
  'hover',
  'line',
  'text',
  'muted',
  'control',
  'accent',
  'on-accent',
  'ok',
  'late',
  'failed',
  'on-failed',
  'interrupted',
  'paused',
  'unknown',
  'accent-wash',
  'ok-wash',
  'late-wash',
  'failed-wash',
  'paused-wash',
] as const

export type ThemeToken = (typeof THEME_TOKENS)[number]

/** Colours for each appearance, as CSS has them: `#1f5fc4`, `rgb(31 95 196)`, `oklch(50% 0.15 260)`. */
export interface Theme {
  readonly light?: Readonly<Partial<Record<ThemeToken, string>>>
  readonly dark?: Readonly<Partial<Record<ThemeToken, string>>>
}

/** A colour, and nothing that could end its declaration or load something. */
export function isColour(value: unknown): value is string {
  return typeof value === 'string' && COLOUR.test(value)
}

const COLOUR =
  /^(#(?:[\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([\d\s.,%/+-]{1,60}(?:deg|turn|rad)?[\d\s.,%/+-]{0,60}\))$/i
