import type { Theme } from '../options/theme.ts'

/** The host's colours as a style sheet; empty when it set none. Those of one appearance never reach the other. */
export function themeStyle({ light = {}, dark = {} }: Theme): string {
  const forLight = declarations(light)
  const forDark = declarations(dark)
  return [
    forLight && `@media (prefers-color-scheme: light) { :root:not([data-theme='dark']) { ${forLight} } }\n`,
    forLight && `:root[data-theme='light'] { ${forLight} }\n`,
    forDark && `@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { ${forDark} } }\n`,
    forDark && `:root[data-theme='dark'] { ${forDark} }\n`,
  ].join('')
}

function declarations(colours: NonNullable<Theme['light']>): string {
  return Object.entries(colours)
    .map(([token, colour]) => `--${token}: ${colour};`)
    .join(' ')
}
