import type { Project } from './project.ts'

/** What an attacker may want. One line each. */
const ASSETS = [
  'the right to command: to start, stop, run, cancel or erase;',
  'what a status, a ledger entry, an input or a log line says about a business, its tenants and its people;',
  'secrets: the password of the database, keys of providers, tokens of requests, and what `secrets` lists;',
  'that jobs run when they are due, and that the ledger and its numbers are true;',
  'the memory, the processor and the database connections of the host;',
  'the code that runs: our packages, and what an installation brings with them.',
]

/** Who may attack, and from where. One line each. */
const ACTORS = [
  'a caller of the routes or the pages: unknown, known with few rights, or known with a stolen session;',
  'a page of another site, open in the browser of somebody who may command;',
  'a provider of data, or whoever answers in its place;',
  'whoever writes what handlers pass on: texts of errors, names, progress, inputs;',
  'another tenant, or another role, of the same database;',
  'whoever publishes a package that an installation brings.',
]

/** What the packages defend by themselves. One line each, with what it is about first. */
const DEFENCES = [
  '**Routes and pages.** Nothing is open by default: `authorize` decides every request, and a hook that throws, hangs or answers something else denies. It is asked about each job, and can [narrow a principal to some jobs](docs/guides/authorization.md). Commands are served only with `control: true`.',
  '**No login.** `unsafeAllowAll` works only where `NODE_ENV` is `development` or `test`, and there answers only requests to the names of the loopback interface, so that no page of another site can read it through a name of its own (DNS rebinding).',
  '**Other sites.** A command needs JSON and the same origin, by `Sec-Fetch-Site` or `Origin`. No read changes anything. The pages have a strict Content-Security-Policy and load nothing from elsewhere.',
  '**Input.** Bodies, queries, rows and answers of providers are checked, and have limits of size and time. Commands, streams and the hook have limits, too.',
  '**SQL.** Every value is a parameter. Names are checked when a store is created.',
  '**Secrets.** What is stored, logged or answered is redacted before it is cut. Errors name no connection string and repeat no text of a sender.',
  '**Providers.** Requests go over https, redirects to other hosts are refused, and results have codes instead of the text of an answer.',
  '**Truth.** Each due time is claimed at most once. What is unknown is `null` and never 0. Who commanded what, and why, stands in the control log.',
  '**Supply chain.** See [below](#supply-chain).',
]

/** What the packages cannot do for their host. One line each. */
const DUTIES = [
  'Write `authorize`, know the caller in it, and give each principal a name that is theirs alone. A published suite walks every route as nobody, as somebody who may not and as somebody who may see some jobs: run it over your mount.',
  'Serve over TLS, and limit requests and connections before they reach Node. Only the host knows which proxy to trust.',
  'Store sessions in a cookie that is `HttpOnly`, `Secure` and `SameSite`, and end them at logout.',
  'Give the database role the [rights that it needs](docs/guides/postgresql.md#what-it-needs), and no more. Whoever may write our tables may command. Encrypt disks and backups.',
  'List every secret that a handler can get hold of in `secrets`. Redaction finds what it knows; it does not make it safe to log everything.',
  'Trust the code of handlers, listeners, views, stores and hooks: it runs with the rights of the process.',
  'Install from a lockfile, and update.',
]

/** What we promise of what an installation brings. One line each. */
const SUPPLY_CHAIN = [
  'Every package that a production install brings is named in `tools/repo/supply/expected.ts` with its license, and `pnpm check:supply` fails for any other. Frameworks, ORMs and drivers are peers: you choose and update them.',
  'No package of ours runs a script when it is installed, and none needs one that does.',
  'Each package carries its bill of materials, `dist/sbom.cdx.json` (CycloneDX), with what is bundled into the built pages. Their licenses are in the package, too.',
  'The same step asks the registry for advisories about them, and fails for each that it knows of. When the registry does not answer, the step says so.',
  'Packages can be published only from CI, with provenance: `npm audit signatures` shows the commit and the workflow that they were built from.',
  'The lockfile pins every tool by its hash. Install scripts of tools are refused, except for those named in `pnpm-workspace.yaml`.',
]

/** The text of SECURITY.md. */
export function securityPolicy({ securityContact }: Project): string {
  return `# Security

## Reporting a vulnerability

Please report a vulnerability to ${securityContact}, and not in a public issue. Say which package and version you use,
what an attacker can do, and how to see it. You get an answer within three working days. We agree with you on when it is made public, which is at
the latest ninety days after the report, and name you if you like.

Fixes are made for the latest minor release of each package.

What counts as a vulnerability here, beside what counts anywhere:

- a route that answers or acts although \`authorize\` denied, or that answers more than it was allowed to;
- a secret from \`secrets\`, from a connection string or from a request in a log line, a stored error or a response;
- a command that another site's page can send with a user's browser;
- input to a route, a row of the database or an answer of a provider that stops or blocks the process;
- a package in a production install that is not in the expected list, or a published file that its commit does not explain.

## Threat model

### What is to be protected

${list(ASSETS)}

### From whom

${list(ACTORS)}

Not from: whoever can change the host's code, its environment or its process, and whoever administers its database.

### What the packages do

${list(DEFENCES)}

### What the host has to do

${list(DUTIES)}

## Supply chain

${list(SUPPLY_CHAIN)}

[The page about it](docs/guides/supply-chain.md) says what comes in, and how to check a package.
`
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}
