/** A table of Markdown. A bar in a cell is escaped, and a template of Vue or Prometheus is not taken for one. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n')
}

function cell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll(/\{\{ ?\$(?:labels\.)?(\w+)[^}]*\}\}/g, '‹$1›')
    .replaceAll('\n', ' ')
}
