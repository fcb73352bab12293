import { readFileSync } from 'node:fs'

/**
 * The names that the ICU of this Node takes for zones, in the spelling of its own data, which are part of the program.
 * ICU spells them in UTF-16 there; what Intl takes of all short texts of that shape is a name of a zone.
 */
export function namesInIcu(): readonly string[] {
  const program = readFileSync(process.execPath).toString('latin1')
  const names = new Set<string>()
  for (const shape of [PLACE, ABBREVIATION]) {
    for (const [text] of program.matchAll(shape)) names.add(text.replaceAll('\0', ''))
  }
  return [...names].filter((name) => isTaken(name)).sort()
}

/** `Area/Place`, in UTF-16 with a zero behind it. */
const PLACE = /(?:[A-Z]\0)(?:[A-Za-z_]\0){0,12}(?:\/\0)(?:[A-Za-z0-9_+\-/]\0){2,30}(?=\0\0)/g

const ABBREVIATION = /(?:[A-Z]\0){3}(?=\0\0)/g

function isTaken(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}
