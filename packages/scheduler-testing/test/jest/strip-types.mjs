import { stripTypeScriptTypes } from 'node:module'

/** Our TypeScript is JavaScript once its types are blanked out: no compiler is needed. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
}
