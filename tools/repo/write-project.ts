/**
 * Writes what project.json says into LICENSE, SECURITY.md and the manifests of the packages: `node
 * tools/repo/write-project.ts`. The text of SECURITY.md is in security-policy.ts. A test holds those files equal to it.
 */
import { writeFileSync } from 'node:fs'

import { readProject, root } from './project.ts'
import { projectFiles } from './project-files.ts'

for (const { path, text } of projectFiles(readProject())) writeFileSync(new URL(path, root), text)
