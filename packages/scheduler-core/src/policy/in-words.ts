import { inWords } from '../schedule/in-words.ts'
import { A_NAME } from './name.ts'
import { isOnePeriod, type NumberPolicy, nullMeaning, type Policy, type ValueOf, wordsOf } from './policy.ts'

/** A value of a policy for people: `5 min`, `3 attempts`, `no limit`, `run-latest`. */
export function valueInWords(policy: Policy, value: ValueOf<Policy>): string {
  if (policy.kind !== 'number') return `\`${value}\``
  if (value === null) return nullMeaning(policy) ?? 'nothing'
  return amountInWords(policy, Number(value))
}

/** The default of a policy for people: as its value, or `one period, at most 1 h`. */
export function defaultInWords(policy: Policy): string {
  return isOnePeriod(policy.default)
    ? `one period, at most ${inWords(policy.default.onePeriodAtMostMs)}`
    : valueInWords(policy, policy.default)
}

/** A policy's help text with its default, as an editor shows it at a job's field. */
export function summaryOf(policy: Policy): string {
  const nothing = nullMeaning(policy)
  return `${policy.help} Default ${defaultInWords(policy)}${nothing === null ? '' : `; \`null\` for ${nothing}`}.`
}

/** The accepted values of a policy for people: `a whole number from 1 to 1,000`. */
export function rangeInWords(policy: Policy): string {
  if (policy.kind === 'word') return `one of ${wordsOf(policy).join(', ')}`
  if (policy.kind === 'name') return A_NAME
  const [min, max] = [policy.min, policy.max].map((bound) => bound.toLocaleString('en-US'))
  return `a whole number${policy.unit === null ? '' : ` of ${policy.unit}`} from ${min} to ${max}`
}

function amountInWords({ unit }: NumberPolicy, amount: number): string {
  switch (unit) {
    case 'ms':
      return inWords(amount)
    case 'attempts':
      return amount === 1 ? '1 attempt' : `${amount} attempts`
    case null:
      return String(amount)
  }
}
