import { programFlags, secretFlags } from './command-lines.ts'
import { authSchemes } from './credentials.ts'
import { databaseDetails } from './database-details.ts'
import { namedPairs, siblingElements, valuesBeforeNames, xmlElements } from './elements.ts'
import { insertedRows } from './inserted-rows.ts'
import { namedValues } from './named-values.ts'
import { privateKeys } from './private-keys.ts'
import { queryValues } from './query-values.ts'
import type { Rule } from './redact.ts'
import { sentences } from './sentences.ts'
import { tokenShapes } from './token-shapes.ts'
import { otherUsers, urlUsers } from './url-users.ts'

/** A text without any of these characters has nothing that a rule with `signs` finds. */
interface SignedRule {
  readonly rule: Rule
  readonly signs: RegExp
}

const SIGNED: readonly SignedRule[] = [
  { rule: namedValues, signs: /[=:,→：＝]/ },
  { rule: queryValues, signs: /[?&]/ },
  { rule: urlUsers, signs: /@/ },
  { rule: otherUsers, signs: /@/ },
  { rule: tokenShapes, signs: /[\w.~/-]{15}|hooks|webhook/ },
  { rule: privateKeys, signs: /BEGIN|END|PuTTY/ },
  { rule: authSchemes, signs: /bearer|basic|token|apikey/i },
  { rule: xmlElements, signs: /</ },
  { rule: namedPairs, signs: /[=:]/ },
  { rule: valuesBeforeNames, signs: /value|content/i },
  { rule: siblingElements, signs: /<\/(?:key|name)>/i },
  { rule: secretFlags, signs: /[-/]/ },
  { rule: programFlags, signs: /-/ },
  { rule: databaseDetails, signs: /[('$"{]|params: / },
  { rule: sentences, signs: /[\s(]/ },
  { rule: insertedRows, signs: /insert\s/i },
]

/** The rules, each asked only where its signs are. */
export const RULES: readonly Rule[] = SIGNED.map(
  ({ rule, signs }): Rule =>
    (text, hide) => {
      if (signs.test(text)) rule(text, hide)
    },
)
