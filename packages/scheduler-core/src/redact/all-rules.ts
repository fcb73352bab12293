import { programFlags, secretFlags } from './command-lines.ts'
import { authSchemes } from './credentials.ts'
import { databaseDetails } from './database-details.ts'
import { namedPairs, xmlElements } from './elements.ts'
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
  { rule: namedValues, signs: /[=:,→]/ },
  { rule: queryValues, signs: /[?&]/ },
  { rule: urlUsers, signs: /@/ },
  { rule: otherUsers, signs: /@/ },
  { rule: tokenShapes, signs: /[\w.~/-]{15}|hooks|webhook/ },
  { rule: privateKeys, signs: /BEGIN|PuTTY/ },
  { rule: authSchemes, signs: /bearer|basic|token|apikey/i },
  { rule: xmlElements, signs: /</ },
  { rule: namedPairs, signs: /[=:]/ },
  { rule: secretFlags, signs: /[-/]/ },
  { rule: programFlags, signs: /-/ },
  { rule: databaseDetails, signs: /[('$"{]/ },
  { rule: sentences, signs: /[\s(]/ },
]

/** The rules, each asked only where its signs are. */
export const RULES: readonly Rule[] = SIGNED.map(
  ({ rule, signs }): Rule =>
    (text, hide) => {
      if (signs.test(text)) rule(text, hide)
    },
)
