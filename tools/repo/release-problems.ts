import { type Project, placeholdersIn } from './project.ts'

/** A package that is published, as far as a release goes. */
export interface Released {
  readonly name: string
  readonly version: string
}

/** What keeps the packages from being published, a sentence each. */
export function releaseProblems(project: Project, packages: readonly Released[]): string[] {
  const unknown = placeholdersIn(project)
  const versions = [...new Set(packages.map(({ version }) => version))]
  return [
    ...(unknown.length > 0
      ? [
          `project.json holds placeholders for ${unknown.join(', ')}: fill them in, and run \`node tools/repo/write-project.ts\``,
        ]
      : []),
    ...(versions.length > 1
      ? [`the packages have ${versions.length} versions, and need one: ${versions.join(', ')}`]
      : []),
    ...(versions.includes('0.0.0') ? ['nothing has a version yet: run `pnpm changeset version`'] : []),
  ]
}
