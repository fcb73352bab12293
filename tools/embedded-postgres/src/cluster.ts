import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Account, isRoot, NOBODY, spawnOptions, unusedAccount } from './account.ts'
import { giveTo } from './give-to.ts'
import type { NativeBinaries } from './native-binaries.ts'
import { othersCanEnter } from './others-can-enter.ts'
import { runProgram } from './run-program.ts'

/** A database cluster on disk that a server can be started on. */
export interface Cluster {
  readonly folder: string
  readonly password: string
  readonly account: Account | null
  readonly binaries: NativeBinaries
}

export interface OpenClusterInput {
  readonly dataDir: string
  readonly binaries: NativeBinaries
  readonly durable: boolean
  readonly signal: AbortSignal | undefined
}

/**
 * Finds the cluster of a data folder, or makes it: `cluster/` is the server's, `password` beside it is ours alone. Root
 * gives the cluster to a user number that nobody else has; that of a cluster which is there is the one of its folder.
 */
export async function openCluster(input: OpenClusterInput): Promise<Cluster> {
  const { dataDir, binaries } = input
  const folder = join(dataDir, 'cluster')
  const passwordFile = join(dataDir, 'password')
  // Elsewhere than on Linux root's server goes by the path (see `locate`): it may enter and still not list.
  chmodSync(dataDir, isRoot() && process.platform !== 'linux' ? 0o711 : 0o700)
  if (!existsSync(folder)) await makeCluster({ ...input, folder, passwordFile })
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (found !== binaries.major) {
    throw new Error(`The data in ${dataDir} is of PostgreSQL ${found}, this is PostgreSQL ${binaries.major}.`)
  }
  const password = readFileSync(passwordFile, 'utf8').trim()
  return { folder, password, account: isRoot() ? ownerAlone(folder) : null, binaries }
}

/** The account of a cluster, which is taken from `nobody` where another number is to be had. */
function ownerAlone(folder: string): Account {
  const { uid, gid } = statSync(folder)
  if (uid !== NOBODY.uid) return { uid, gid }
  const unused = unusedAccount()
  if (unused !== null) giveTo(unused, folder)
  return unused ?? NOBODY
}

/**
 * How a program of PostgreSQL is pointed at its folder. On Linux as root the folder is entered before the rights are
 * given up and named through /proc, so that it may lie where the server's account could not go by its path.
 */
export function locate(folder: string, account: Account | null): { readonly cwd: string; readonly dataPath: string } {
  if (account === null) return { cwd: folder, dataPath: folder }
  if (process.platform === 'linux') return { cwd: folder, dataPath: '/proc/self/cwd' }
  if (!othersCanEnter(join(folder, '..'))) {
    throw new Error(`${folder} must lie where other users can enter, since PostgreSQL does not run as root.`)
  }
  return { cwd: folder, dataPath: folder }
}

interface MakeClusterInput extends OpenClusterInput {
  readonly folder: string
  readonly passwordFile: string
}

/** Made under another name and renamed when it is whole: a killed start leaves nothing that looks like a cluster. */
async function makeCluster({ dataDir, folder, passwordFile, binaries, durable, signal }: MakeClusterInput) {
  // initdb, unlike the server, asks the system for the name of its user, so that it needs an account that exists.
  const account = isRoot() ? NOBODY : null
  const draft = join(dataDir, 'cluster.incomplete')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (account) chownSync(draft, account.uid, account.gid)
  const password = randomBytes(24).toString('hex')
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  const { cwd, dataPath } = locate(draft, account)
  await withPasswordFile({ password, account }, async (file) => {
    const durability = durable ? [] : ['--no-sync']
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${file}`]
    const shape = ['--encoding=UTF8', '--locale=C', '--no-instructions']
    const args = [`--pgdata=${dataPath}`, ...access, ...shape, ...durability]
    await runProgram(binaries.initdb, args, { ...spawnOptions(account), cwd, signal })
  })
  renameSync(draft, folder)
}

/** initdb reads the password from a file, which the server's account must be able to reach: it lives for that long. */
async function withPasswordFile(
  { password, account }: { readonly password: string; readonly account: Account | null },
  work: (file: string) => Promise<void>,
): Promise<void> {
  const base = account && !othersCanEnter(tmpdir()) ? '/tmp' : tmpdir()
  const folder = mkdtempSync(join(base, 'embedded-postgres-init-'))
  try {
    const file = join(folder, 'password')
    writeFileSync(file, `${password}\n`, { mode: 0o600 })
    if (account) for (const path of [folder, file]) chownSync(path, account.uid, account.gid)
    await work(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
