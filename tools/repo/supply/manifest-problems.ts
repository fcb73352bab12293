/** A manifest as far as its users' safety depends on it. */
export interface Manifest {
  readonly name: string
  readonly license?: string
  readonly files?: readonly string[]
  readonly sideEffects?: boolean | readonly string[]
  readonly engines?: { readonly node?: string }
  readonly publishConfig?: { readonly access?: string; readonly provenance?: boolean }
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
}

/** What npm and pnpm run when a package is installed. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare']

/** The scripts of a manifest that an installation would run. */
export function installScriptsOf({ scripts = {} }: Pick<Manifest, 'scripts'>): string[] {
  return INSTALL_SCRIPTS.filter((name) => Object.hasOwn(scripts, name))
}

/** What is wrong with the manifest of a package that is published, one sentence each. */
export function manifestProblems(manifest: Manifest): string[] {
  const { license, files = [], sideEffects, engines, publishConfig, dependencies = {}, exports = {} } = manifest
  const loose = Object.entries(dependencies).filter(([, range]) => range !== 'catalog:' && range !== 'workspace:^')
  const targets = pathsIn(exports)
  const checks: [boolean, string][] = [
    [license === 'MIT', 'the license is not MIT'],
    [publishConfig?.access === 'public', 'it is not published for everybody (publishConfig.access)'],
    [publishConfig?.provenance === true, 'it can be published without provenance (publishConfig.provenance)'],
    [
      files.includes('dist') && files.includes('src'),
      '`files` leaves out the build, or the sources that its maps lead to',
    ],
    [sideEffects !== undefined, 'it does not say which files have side effects'],
    [engines?.node !== undefined, 'it does not say which Node it needs'],
    ['./package.json' in exports, 'its manifest cannot be read by its users'],
    [targets.every((path) => isIn(path, files)), '`exports` leads to a file that `files` leaves out'],
    [
      loose.length === 0,
      `a range is neither the catalog's nor the workspace's: ${loose.map(([name]) => name).join(', ')}`,
    ],
    [installScriptsOf(manifest).length === 0, 'it runs a script when it is installed'],
  ]
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem)
}

/** All paths that conditions lead to. */
function pathsIn(exports: unknown): string[] {
  if (typeof exports === 'string') return [exports]
  return typeof exports === 'object' && exports !== null ? Object.values(exports).flatMap(pathsIn) : []
}

function isIn(path: string, files: readonly string[]): boolean {
  const folder = path.replace(/^\.\//, '').split('/', 1)[0] ?? ''
  return folder === 'package.json' || files.includes(folder)
}
