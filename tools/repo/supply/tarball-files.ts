/** A file of a tarball, by its path in the package. */
export interface PackedFile {
  readonly path: string
  readonly size: number
}

/** What a package consists of, and nothing else: no tests, no settings, nothing that was left behind. */
const ALLOWED = [
  /^(LICENSE|README\.md|package\.json)$/,
  /^docs\/[\w/-]+\.md$/,
  /^openapi\/[\w.-]+\.json$/,
  /^src\/(?!.*\.test(-d)?\.ts$)[\w/-]+(\.d)?\.ts$/,
  /^dist\/sbom\.cdx\.json$/,
  /^dist\/(?!app\/)[\w/-]+\.(js|cjs)(\.map)?$/,
  /^dist\/[\w/-]+\.d\.(ts|cts)$/,
  /^templates\/[a-z]+\/((src|test)\/[\w.-]+\.ts|tsconfig(\.build)?\.json|Dockerfile|README\.md|_[\w.]+)$/,
  /^dist\/app\/(manifest\.json|licenses\.md|assets\/[\w-]+\.(js|css|svg))$/,
]

/** The files of a tarball that have no business in it. */
export function strangersIn(files: readonly PackedFile[]): string[] {
  return files.map(({ path }) => path).filter((path) => !ALLOWED.some((allowed) => allowed.test(path)))
}

export function unpackedKb(files: readonly PackedFile[]): number {
  return Math.ceil(files.reduce((bytes, { size }) => bytes + size, 0) / 1_000)
}
