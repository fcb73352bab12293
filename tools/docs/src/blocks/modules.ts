import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

import { javascriptOf } from './javascript-of.ts'
import { MODULES } from './places.ts'
import type { Program } from './programs-of.ts'

/** Where a program stands for the compiler and for Node. */
export function placeOf({ page, line }: Pick<Program, 'page' | 'line'>): string {
  return fileURLToPath(new URL(`${page}/${line}.ts`, MODULES))
}

/** Writes what Node runs of a program, and tells where. */
export function writeModule(program: Program): string {
  const place = placeOf(program)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, javascriptOf(program))
  return place
}
