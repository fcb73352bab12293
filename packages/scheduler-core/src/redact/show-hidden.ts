/**
 * Shows characters that cannot be seen, or that change how others are seen, by their escapes: `\u001b`, `\u202e`. These
 * are control characters but for tabs and line breaks, marks of the direction of text, characters without width, and
 * separators of lines that logs do not expect. Joiners stay, as words and emoji need them.
 */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, escaped)
}

const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\r(?!\n)|[\u{e0000}-\u{e007f}]/gu

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`
}
