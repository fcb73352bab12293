import type { Hide, Rule } from './redact.ts'

const BEGIN = /-{4,5} ?BEGIN[A-Z0-9 +_]{0,48}PRIVATE[ +_]KEY(?:[ +_]BLOCK)?[ +]?-{4,5}|PuTTY-User-Key-File-\d:/g
const END = /-{4,5} ?END[A-Z0-9 +_]{0,64}-{4,5}|Private-MAC:[^\r\n]*/g

/** Private keys as PEM, OpenSSH, PGP and PuTTY write them. One that was cut off goes on to the end of the text. */
export const privateKeys: Rule = (text, hide) => {
  BEGIN.lastIndex = 0
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    END.lastIndex = BEGIN.lastIndex
    const end = END.exec(text)
    const stop = end ? END.lastIndex : text.length
    hide(begin.index, stop)
    BEGIN.lastIndex = stop
  }
  hideHeadless(text, hide)
}

/** The end of a key whose beginning was cut off: what stands before it, as far as it can be base64. */
const LONELY_END = /-{4,5} ?END[A-Z0-9 +_]{0,48}PRIVATE[ +_]KEY/g
const MAX_BODY = 4_096

function hideHeadless(text: string, hide: Hide): void {
  for (const { index } of text.matchAll(LONELY_END)) {
    const before = text.slice(Math.max(0, index - MAX_BODY), index)
    let length = 0
    while (length < before.length && BODY_CHARACTER.test(before.charAt(before.length - 1 - length))) length++
    const lines = before.slice(before.length - length)
    const first = lines.search(/[A-Za-z0-9+/=]{16}/)
    if (first >= 0) hide(index - lines.length + first, index)
  }
}

const BODY_CHARACTER = /[A-Za-z0-9+/=\s\\]/
