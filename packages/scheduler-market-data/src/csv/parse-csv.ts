/** One line of a table: its fields by the names of their columns, in lower case. */
export type CsvRow = ReadonlyMap<string, string>

interface CsvTable {
  readonly rows: readonly CsvRow[]
  /** Whether the text broke off in its last line, so that lines may be missing. One without its line end alone did not. */
  readonly isCut: boolean
}

/**
 * Parses a table of comma-separated values (RFC 4180) with a first line of names. `null` for a text that is none: an
 * empty one, or one that ends within quotation marks.
 *
 * A line with another number of fields than the first is left out. When the text breaks off without the end of a line,
 * the last field of that line is left out, since it may have lost digits.
 */
export function parseCsv(text: string, separator: string): CsvTable | null {
  const lines = linesOf(text, separator)
  if (lines === null) return null
  const [head, ...body] = lines
  if (head === undefined || !head.isWhole) return null
  const columns = head.fields.map((name) => name.trim().toLowerCase())
  const rows = body
    .filter(({ fields }) => fields.length === columns.length)
    .map(({ fields, isWhole }) => {
      const sound = isWhole ? fields : fields.slice(0, -1)
      return new Map(sound.map((field, index) => [columns[index] ?? '', field.trim()]))
    })
  return { rows, isCut: body.some((line) => isCutShort(line, columns.length)) }
}

/** A line of blanks is none. */
function isCutShort({ fields, isWhole }: Line, length: number): boolean {
  return !isWhole && fields.length < length && fields.some((field) => field.trim() !== '')
}

interface Line {
  readonly fields: readonly string[]
  /** Whether the end of the line was there. */
  readonly isWhole: boolean
}

/** One field, with what ends it. */
const FIELD = (separator: string) =>
  new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*|))(${separator}|\\r?\\n|$)`, 'y')

function linesOf(text: string, separator: string): readonly Line[] | null {
  const field = FIELD(separator === '|' ? '\\|' : separator)
  const lines: Line[] = []
  let fields: string[] = []
  while (field.lastIndex < text.length || fields.length > 0) {
    const found = field.exec(text)
    if (found === null) return null
    const [, quoted, plain = '', end = ''] = found
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === separator) continue
    lines.push({ fields, isWhole: end !== '' })
    fields = []
    if (end === '') break
  }
  return lines
}
