import type { Rule } from './redact.ts'

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
}
