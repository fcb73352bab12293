import type { Piece } from './compare-pieces.ts'

/** A bill of materials in CycloneDX, as far as it is used here. */
export interface Sbom {
  readonly bomFormat: 'CycloneDX'
  readonly specVersion: string
  readonly version: number
  readonly metadata: { readonly tools?: unknown; readonly component: Component }
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
}

export interface Component {
  readonly type: string
  readonly 'bom-ref': string
  readonly group?: string
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses?: readonly LicenseChoice[]
  /** Of type `distribution`: its tarball, with the hash. */
  readonly externalReferences?: readonly { readonly type: string }[]
}

type LicenseChoice =
  | { readonly license: { readonly id?: string; readonly name?: string } }
  | { readonly expression: string }

/**
 * A bill of materials with what its readers look up: names, versions, licenses, hashes, and what depends on what. Without
 * the number and the time of its making, so that the same sources give the same bytes, and without the descriptions.
 */
export function tidySbom({ bomFormat, specVersion, version, metadata, components, dependencies }: Sbom): Sbom {
  const { tools, component } = metadata
  return {
    bomFormat,
    specVersion,
    version,
    metadata: { tools, component: tidyComponent(component) },
    components: components.map(tidyComponent).sort(byRef((component) => component['bom-ref'])),
    dependencies: dependencies.toSorted(byRef(({ ref }) => ref)),
  }
}

/** The same with what is built into the package's files. */
export function withBundled(sbom: Sbom, bundled: readonly Piece[]): Sbom {
  const root = sbom.metadata.component['bom-ref']
  const components = bundled.map(({ name, version, license }): Component => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
    return {
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      purl,
      ...(license !== null && { licenses: [{ license: { id: license } }] }),
    }
  })
  const refs = components.map((component) => component['bom-ref'])
  const dependencies = sbom.dependencies.map((entry) =>
    entry.ref === root ? { ...entry, dependsOn: [...(entry.dependsOn ?? []), ...refs] } : entry,
  )
  return { ...sbom, components: [...sbom.components, ...components], dependencies }
}

/** The packages that a bill of materials lists. */
export function piecesOf({ components }: Pick<Sbom, 'components'>): Piece[] {
  return components.map(({ group, name, version, licenses = [] }) => ({
    name: group === undefined ? name : `${group}/${name}`,
    version,
    license: licenses.map(nameOf).join(' AND ') || null,
  }))
}

/** The packages that Vite has bundled, from the page of their licenses that it writes. */
export function bundledIn(licenses: string): Piece[] {
  return [...licenses.matchAll(/^## (\S+) - (\S+)(?: \((.+)\))?$/gm)].map(([, name = '', version = '', license]) => ({
    name,
    version,
    license: license ?? null,
  }))
}

/** Sorts by a reference, since pnpm lists what it finds in any order. */
function byRef<T>(refOf: (entry: T) => string): (a: T, b: T) => number {
  return (a, b) => (refOf(a) < refOf(b) ? -1 : 1)
}

function nameOf(choice: LicenseChoice): string {
  return 'expression' in choice ? choice.expression : (choice.license.id ?? choice.license.name ?? '')
}

function tidyComponent(component: Component): Component {
  const { type, group, name, version, purl, licenses, externalReferences = [] } = component
  const tarball = externalReferences.filter((reference) => reference.type === 'distribution')
  return {
    type,
    'bom-ref': component['bom-ref'],
    ...(group !== undefined && { group }),
    name,
    version,
    purl,
    ...(licenses && { licenses }),
    ...(tarball.length > 0 && { externalReferences: tarball }),
  }
}
