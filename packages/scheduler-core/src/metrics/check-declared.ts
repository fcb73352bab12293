import * as z from 'zod'
import { lazily } from '../lazily.ts'
import { aFunction } from '../options/a-function.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { Declared } from '../ports/declared.ts'
import { FEED_ATTRIBUTE_KINDS, FEED_GRADES } from '../ports/feeds.ts'
import { PROVIDER_ATTRIBUTE_KINDS, PROVIDER_FIELDS } from '../ports/providers.ts'
import type { CustomMetric } from './custom-metric.ts'
import { idOfCondition, idOfFeedWord, METRIC_IDS } from './metrics.ts'

/** A part of the id of a metric. */
const idPart = lazily(() =>
  z
    .string()
    .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, { error: 'lower case letters and digits, between underscores' })
    .max(64),
)

const text = lazily(() => z.string().min(1))
const providerField = lazily(() =>
  idPart().refine((name) => !PROVIDER_FIELDS.includes(name), {
    error: `a name other than ${PROVIDER_FIELDS.join(', ')}`,
  }),
)
/** The words of the host's feeds, as a frozen copy. */
export const feedWords = lazily(() =>
  z
    .array(
      z
        .strictObject({
          word: idPart().refine((word) => !METRIC_IDS.some((id) => id === idOfFeedWord({ word })), {
            error: `a word other than total, ${FEED_GRADES.join(', ')}`,
          }),
          title: text(),
          help: text(),
        })
        .readonly(),
    )
    .readonly(),
)

/** The fields of a feed in a response, and the parameters of its list: no attribute has one of these names. */
const TAKEN: readonly string[] = [
  ...['provider', 'feed', 'status', 'reason', 'attempts', 'event_time', 'asked_at', 'answered_at', 'fetched_at'],
  ...['changed_at', 'expected_by', 'missing_since', 'unanswered_asks', 'age_seconds', 'attainment_pct'],
  ...['limit', 'cursor', 'search', 'order', 'explain', 'fields', 'window'],
]

/** The attributes of the host's feeds, as a frozen copy. */
export const feedAttributes = lazily(() =>
  z
    .array(
      z
        .strictObject({
          name: idPart().refine((name) => !TAKEN.includes(name), { error: `a name other than ${TAKEN.join(', ')}` }),
          kind: z.enum(FEED_ATTRIBUTE_KINDS),
          help: text(),
          isFilter: z.boolean().optional(),
        })
        .refine(({ kind, isFilter }) => !isFilter || kind === 'text', {
          path: ['isFilter'],
          error: 'false but for texts',
        })
        .readonly(),
    )
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'names that differ' })
    .readonly(),
)

/** The reasons of the host's feeds, as a frozen copy. */
export const feedReasons = lazily(() =>
  z.array(z.strictObject({ code: idPart(), sentence: text() }).readonly()).readonly(),
)

/** What matters of the host's feeds to its probe. */
export const feedGroups = lazily(() =>
  z
    .array(
      z.strictObject({
        name: z.string().regex(/^\S(?:.{0,98}\S)?$/, { error: '1 to 100 characters' }),
        includes: aFunction().optional(),
        isLate: aFunction().optional(),
        mayBeLate: z.number().min(0).max(1).optional(),
      }),
    )
    .readonly(),
)

/** The conditions of the host's providers, as a frozen copy. */
const providerConditions = lazily(() =>
  z
    .array(
      z
        .strictObject({
          name: providerField(),
          states: z
            .array(idPart())
            .min(1)
            .refine((states) => new Set(states).size === states.length, { error: 'states that differ from each other' })
            .readonly(),
          title: text(),
          help: text(),
          alarm: z.strictObject({ state: z.string(), summary: text(), description: text() }).readonly().optional(),
        })
        .refine(({ states, alarm }) => !alarm || states.includes(alarm.state), {
          path: ['alarm', 'state'],
          error: 'one of the states',
        })
        .readonly(),
    )
    .readonly(),
)

/** The attributes of the host's providers, as a frozen copy. */
const providerAttributes = lazily(() =>
  z
    .array(z.strictObject({ name: providerField(), kind: z.enum(PROVIDER_ATTRIBUTE_KINDS), help: text() }).readonly())
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'names that differ' })
    .readonly(),
)

/** The host's providers. */
export const providersOption = lazily(() =>
  z
    .strictObject({
      describe: aFunction(),
      conditions: providerConditions().optional(),
      attributes: providerAttributes().optional(),
    })
    .refine(({ conditions = [], attributes = [] }) => !attributes.some(({ name }) => isAmong(name, conditions)), {
      path: ['attributes'],
      error: 'names that no condition has',
    }),
)

function isAmong(name: string, named: readonly { readonly name: string }[]): boolean {
  return named.some((one) => one.name === name)
}

/** Refuses two metrics with one id, whether the library or the host defines them or one of its sources declares them. */
export function refuseDuplicateIds(metrics: readonly CustomMetric[], declared: Declared): void {
  const named = [
    ...METRIC_IDS.map((id) => ({ id, path: 'metrics' })),
    ...declared.feedWords.map((word, at) => ({ id: idOfFeedWord(word), path: `feeds.words[${at}].word` })),
    ...declared.providerConditions.map((one, at) => ({
      id: idOfCondition(one),
      path: `providers.conditions[${at}].name`,
    })),
    ...metrics.map(({ id }, at) => ({ id, path: `metrics[${at}].id` })),
  ]
  const ids = named.map(({ id }) => id)
  const duplicate = named.find(({ id }, at) => ids.indexOf(id) !== at)
  if (!duplicate) return
  const { id: value, path } = duplicate
  const expected = 'an id that is unique among the metrics of this scheduler'
  refuseOption({ path: `scheduler.${path}`, value, expected })
}
