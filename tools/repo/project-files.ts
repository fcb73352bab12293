import { readdirSync, readFileSync } from 'node:fs'

import { type Project, root } from './project.ts'

/** A file of the repository, by its path from the root, as `project.json` wants it. */
export interface ProjectFile {
  readonly path: string
  readonly text: string
}

/** Every file that names the owner, the repository or the security contact. */
export function projectFiles(project: Project): ProjectFile[] {
  const packages = publishedPackages()
  return [
    { path: 'LICENSE', text: license(project) },
    { path: 'SECURITY.md', text: securityPolicy(project) },
    ...packages.map((directory) => ({ path: `${directory}/LICENSE`, text: license(project) })),
    ...packages.map((directory) => ({
      path: `${directory}/package.json`,
      text: manifest({ project, directory }),
    })),
  ]
}

/** The folders of the packages that are published, from the root. */
function publishedPackages(): string[] {
  const folders = readdirSync(new URL('packages/', root)).map((folder) => `packages/${folder}`)
  return folders.filter((directory) => manifestOf(directory)['private'] !== true)
}

function manifestOf(directory: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`${directory}/package.json`, root), 'utf8'))
}

/** The manifest as it is, with the three addresses after the license. */
function manifest({ project, directory }: { project: Project; directory: string }): string {
  const { repository } = project
  const addresses = {
    homepage: `${repository}/tree/main/${directory}#readme`,
    bugs: `${repository}/issues`,
    repository: { type: 'git', url: `git+${repository}.git`, directory },
  }
  const fields = Object.entries(manifestOf(directory)).filter(([field]) => !(field in addresses))
  const after = fields.findIndex(([field]) => field === 'license') + 1
  const ordered = [...fields.slice(0, after), ...Object.entries(addresses), ...fields.slice(after)]
  return `${JSON.stringify(Object.fromEntries(ordered), null, 2)}\n`
}

function securityPolicy({ securityContact }: Project): string {
  return `# Security

Please report a vulnerability to ${securityContact}, and not in a public issue. Say which package and version you use,
what an attacker can do, and how to see it. You get an answer within three working days.

Fixes are made for the latest minor release of each package.

What counts as a vulnerability here, beside what counts anywhere:

- a route that answers or acts although \`authorize\` denied, or that answers more than it was allowed to;
- a secret from \`secrets\`, from a connection string or from a request in a log line, a stored error or a response;
- a command that another site's page can send with a user's browser;
- input to a route, a row of the database or an answer of a provider that stops or blocks the process.

\`unsafeAllowAll\` works only where \`NODE_ENV\` is \`development\` or \`test\`, and there answers only requests to the names of the
loopback interface, so that no page of another site can read it through a name of its own (DNS rebinding). What \`authorize\`
is asked, and how it narrows a principal to some jobs, is in [Authorization](docs/guides/authorization.md); a suite that
walks every route as nobody, as somebody who may not and as somebody who may see some jobs is published for hosts.
`
}

function license({ owner }: Project): string {
  return `MIT License

Copyright (c) 2026 ${owner}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`
}
