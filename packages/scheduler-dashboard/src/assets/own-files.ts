import type { Theme } from '../options/theme.ts'
import { APPEARANCE_SCRIPT } from './appearance-script.ts'
import { type Asset, createAsset, hashOf } from './asset.ts'
import { ICON, PLAIN_STYLE } from './plain-style.ts'
import { themeStyle } from './theme-style.ts'

/** The files that are there without a build of the pages. */
export interface OwnFiles {
  readonly plainStyle: string
  readonly appearanceScript: string
  readonly icon: string
  /** `null` when the host sets no colour. */
  readonly themeStyle: string | null
  readonly assets: readonly Asset[]
}

export function createOwnFiles(theme: Theme): OwnFiles {
  const plain = file('plain.css', PLAIN_STYLE)
  const appearance = file('appearance.js', APPEARANCE_SCRIPT)
  const icon = file('icon.svg', ICON)
  const colours = themeStyle(theme)
  const themed = colours === '' ? [] : [file('theme.css', colours)]
  return {
    plainStyle: plain.path,
    appearanceScript: appearance.path,
    icon: icon.path,
    themeStyle: themed[0]?.path ?? null,
    assets: [plain, appearance, icon, ...themed],
  }
}

function file(name: string, text: string): Asset {
  const bytes = Buffer.from(text)
  return createAsset({ path: `assets/${hashOf(bytes)}-${name}`, bytes })
}
