export interface Page {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
}

/** A fenced block of a page, with what the comment before it says. */
export interface Block {
  /** Path of the page from the root of the repository. */
  readonly page: string
  /** Line of the fence, from 1: what stands in the block begins on the next line. */
  readonly line: number
  readonly language: string
  /** The lines between the fences, without the indentation of the fence. */
  readonly code: string
  /** It goes on from the block before it: both are one module. */
  readonly continues: boolean
  /** What the reader's host has. Names of fixtures. */
  readonly with: readonly string[]
  /** Each line that ends with a comment is an expression, and the comment is its value. */
  readonly says: boolean
  /** Why it is checked and not run. */
  readonly notRun: string | null
  /** Why it is not checked at all. */
  readonly notOurs: string | null
}

type Directions = Pick<Block, 'continues' | 'with' | 'says' | 'notRun' | 'notOurs'>

const FENCE = /^( *)```(\S*)/
const COMMENT = /^ *<!-- (.+) -->$/
const DIRECTION = /^(continues|says|with|not run|not ours)(?:: (.+))?$/

/** Every fenced block of a page, in its order. Throws for a comment before a fence that says nothing known, with its line. */
export function blocksOf({ path: page, text }: Page): readonly Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const fence = FENCE.exec(lines[at] ?? '')
    if (fence === null) continue
    const [, indentation = '', language = ''] = fence
    const end = lines.findIndex((line, index) => index > at && line.trim() === '```')
    if (end === -1) throw new Error(`${page}:${at + 1} The block has no end`)
    const code = lines
      .slice(at + 1, end)
      .map((line) => (line.startsWith(indentation) ? line.slice(indentation.length) : line))
    const directions = directionsOf(lines[at - 1] ?? '', `${page}:${at}`)
    blocks.push({ page, line: at + 1, language, code: code.join('\n'), ...directions })
    at = end
  }
  return blocks
}

function directionsOf(line: string, where: string): Directions {
  const [, comment] = COMMENT.exec(line) ?? []
  const said = new Map(comment?.split('; ').map((part) => directionOf(part, where)))
  return {
    continues: said.has('continues'),
    says: said.has('says'),
    with: said.get('with')?.split(', ') ?? [],
    notRun: said.get('not run') ?? null,
    notOurs: said.get('not ours') ?? null,
  }
}

function directionOf(part: string, where: string): readonly [string, string] {
  const [, direction = '', value = ''] = DIRECTION.exec(part) ?? []
  const isKnown = direction !== '' && (value === '') === (direction === 'continues' || direction === 'says')
  if (!isKnown) throw new Error(`${where} Not a direction for a block: "${part}"`)
  return [direction, value]
}
