import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { Router } from 'express'

/** The static files of the pages, from a fixed list. */
export interface Assets {
  /** The path of a file. It changes with the content, so that browsers may cache it for ever. */
  path(name: AssetName): string
  readonly router: Router
}

const TYPES = {
  'app.css': 'text/css',
  'app.js': 'text/javascript',
  'icon.svg': 'image/svg+xml',
} as const

export type AssetName = keyof typeof TYPES

/** Reads the files of `folder` once. Throws when one is missing. */
export function loadAssets(folder: URL): Assets {
  const router = Router()
  const paths = new Map<AssetName, string>()
  for (const name of Object.keys(TYPES) as AssetName[]) {
    const bytes = readFileSync(new URL(name, folder))
    const path = `/assets/${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}/${name}`
    paths.set(name, path)
    router.get(path, (_request, response) => {
      response.type(TYPES[name]).set('Cache-Control', 'public, max-age=31536000, immutable').send(bytes)
    })
  }
  return { path: (name) => paths.get(name) ?? '', router }
}
