import { z } from 'zod'
import { categories, type NoticeType, textFault } from '#protocol'
import { type Filter, type Replay, urgencies } from '../subscription.ts'

// What is asked of subscriptions.

/** The node itself says what is too long for it. */
const urlCharactersMost = 10_000

function line(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine(
      text => textFault(text) === undefined && !text.includes('\n'),
      'This takes one line of plain text.',
    )
}

const label = line(200).meta({ description: 'What people call it.' })
const url = z
  .string()
  .min(1)
  .max(urlCharactersMost)
  .meta({
    description:
      'Where events are posted to: https, in a network and on a port that the operator of this node has allowed. Judged now, and again before each delivery by the address that is really used.',
    examples: ['https://risk.customs.example/focalpoint'],
  })
const remarks = z.boolean().meta({
  description:
    'Also follow-ups and acknowledgements of what was told. Corrections and withdrawals come always.',
})
const matches = z
  .boolean()
  .meta({ description: 'Also new matches of the consignments that you keep, when they are screened again.' })

function anyOf<Form extends z.ZodType>(form: Form, description: string) {
  return z.array(form).min(1).max(50).exactOptional().meta({ description })
}

/** All that is given must hold, and of each list any one. */
function filterForm(types: readonly NoticeType[]) {
  return z
    .strictObject({
      types: anyOf(z.enum(types.map(({ name }) => name)), 'Types of notices.'),
      goods: anyOf(z.string().regex(/^[\w.-]{1,64}$/), 'Items of the goods list or the watch list.'),
      categories: anyOf(z.enum(categories), 'Categories of goods.'),
      hs: anyOf(
        z.string().regex(/^\d{2}(?:[ .]?\d{2}){0,4}$/),
        'Beginnings of HS codes, 2 to 10 digits; dots and spaces in them do not count.',
      ),
      countries: anyOf(
        z.string().regex(/^[A-Z]{2}$/),
        'Countries that stand in the notice, ISO 3166-1 alpha-2.',
      ),
      parties: anyOf(line(300), 'Names of parties.'),
      urgency: z
        .enum(urgencies)
        .exactOptional()
        .meta({ description: 'At least so urgent; only alerts have an urgency.' }),
      text: anyOf(line(200), 'Words of the notice; of one text all words must be there.'),
    })
    .meta({
      description: 'All that is given must hold, and of each list any one; an empty filter is every notice.',
      examples: [
        { urgency: 'priority', categories: ['TORTURE_ONLY'] },
        { hs: ['9304'], countries: ['XM', 'XR'] },
      ],
    })
}

export function newSubscriptionForm(types: readonly NoticeType[]) {
  return z
    .strictObject({
      label,
      filter: filterForm(types).default({}),
      remarks: remarks.default(true),
      matches: matches.default(false),
      target: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('webhook'), url }),
        z.strictObject({ kind: z.literal('feed') }),
      ]),
      after: z.int().min(0).exactOptional().meta({
        description: 'Begin after this cursor of /v1/events instead of now; 0 is everything held here.',
      }),
    })
    .meta({
      title: 'Subscription to make',
      examples: [
        {
          label: 'Risk engine, restraints',
          filter: { hs: ['732690', '9304'], countries: ['XM'] },
          target: { kind: 'webhook', url: 'https://risk.customs.example/focalpoint' },
        },
      ],
    })
}

export function changeForm(types: readonly NoticeType[]) {
  return z
    .strictObject({
      label: label.exactOptional(),
      filter: filterForm(types).exactOptional(),
      remarks: remarks.exactOptional(),
      matches: matches.exactOptional(),
      url: url.exactOptional(),
    })
    .meta({
      title: 'Change of a subscription',
      examples: [{ label: 'Risk engine, restraints and batons', remarks: false }],
    })
}

export const replayForm = z
  .union([
    z.strictObject({ after: z.int().min(0) }).meta({ description: 'All after this cursor of /v1/events.' }),
    z
      .strictObject({
        since: z.iso.datetime({ offset: true }).meta({ format: 'date-time' }),
      })
      .meta({ description: 'All that arrived here since then.' }),
    z.strictObject({ delivery: z.string() }).meta({ description: 'One delivery.' }),
    z.strictObject({ deadLetters: z.literal(true) }).meta({ description: 'Whatever was given up.' }),
  ])
  .meta({ title: 'What is told once more', examples: [{ since: '2026-11-22T08:00:00Z' }] })

// Forms that change what they read have no examples in the description, so it is changed here.

/** As the node compares it: codes are digits alone. */
export function filterFrom(given: z.output<ReturnType<typeof filterForm>>): Filter {
  const { hs, ...rest } = given
  return { ...rest, ...(hs && { hs: hs.map(code => code.replace(/[ .]/g, '')) }) }
}

export function replayFrom(given: z.output<typeof replayForm>): Replay {
  return 'since' in given ? { since: Math.floor(Date.parse(given.since) / 1000) } : given
}
