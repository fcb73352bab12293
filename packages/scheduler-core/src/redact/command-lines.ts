import type { Rule } from './redact.ts'
import { nameIn, SECRET_NAME } from './secret-names.ts'
import { looksMadeUp, mayBeSecret, valueAt } from './values.ts'

const FLAG = new RegExp(
  `(?<![\\w-])(?<before>(?:--?|/)[\\w-]{0,30}?)${SECRET_NAME}(?:[ \\t]{1,4}|\\\\*["'\`]\\s{0,4},\\s{0,8}(?=\\\\*["'\`]))`,
  'gi',
)

/** `--password …`, `-token …`, and the same as two arguments in a list. */
export const secretFlags: Rule = (text, hide) => {
  FLAG.lastIndex = 0
  for (let found = FLAG.exec(text); found; found = FLAG.exec(text)) {
    const at = found.index + found[0].length
    const name = nameIn(text, found)
    const { start, end } = valueAt(text, at)
    const shown = text.slice(start, end)
    const isValue = name !== null && !/^[-|=&]/.test(shown) && mayBeSecret(shown)
    if (isValue && (name.kind === 'anywhere' || looksMadeUp(shown))) hide(start, end)
    FLAG.lastIndex = isValue ? Math.max(at, end) : at
  }
}

/** Programs and the flags by which they take a password. The group is the value. */
const PROGRAMS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:mysql|maria)/, /\s-p(?!\s|$)(\S+)/g],
  [/^(?:mongo|sshpass|sqlplus)/, /\s-p\s*(?!-)(\S+)/g],
  [/^(?:docker|podman|buildah|skopeo|helm|az|oc)/, /\slogin\b.*?\s-p\s*(?!-)(\S+)/g],
  [/^redis-cli/, /\s-a\s*(?!-)(\S+)/g],
  [/^ldap/, /\s-w\s*(?!-)(\S+)/g],
  [/^(?:sqlcmd|bcp)/, /\s-P\s*(?!-)(\S+)/g],
  [
    /^(?:curl|wget|smbclient|htpasswd|http)/,
    /\s(?:-u|-U|--user|--proxy-user|-a|--auth)[\s=]*["']?[^\s:%"']*[:%]([^\s"']+)/g,
  ],
  [/^openssl/, /\s-pass(?:in|out)?\s+(?:pass:)(\S+)/g],
]
const PROGRAM =
  /\b(mysql\w*|mariadb\w*|mongo\w*|sshpass|docker|podman|buildah|skopeo|helm|az|oc|redis-cli|ldap\w{2,8}|sqlcmd|bcp|curl|wget|smbclient|htpasswd|http|openssl)(?=\s)([^\n]{0,400})/g

/** `mysql -p…`, `curl -u user:…`, `sshpass -p …` and the like. */
export const programFlags: Rule = (text, hide) => {
  for (const { index, 0: whole, 1: program = '', 2: rest = '' } of text.matchAll(PROGRAM)) {
    const flag = PROGRAMS.find(([name]) => name.test(program))?.[1]
    if (!flag) continue
    for (const found of rest.matchAll(flag)) {
      const value = found[1] ?? ''
      const end = index + whole.length - rest.length + found.index + found[0].length
      if (mayBeSecret(value)) hide(end - value.length, end)
    }
  }
}
