import { z } from 'zod'
import { rels } from './draft.ts'
import { day } from './fields/day.ts'
import { nominal } from './fields/party.ts'
import { noticeId } from './fields/reference.ts'
import { code, oneOf, several, yesNo } from './fields/text.ts'
import { limits } from './limits.ts'
import type { NoticeType } from './notice-type.ts'
import { patterns } from './patterns.ts'

const partRule = z
  .strictObject({
    to: oneOf(
      ['channel', 'named'],
      'For',
      'Whoever has joined the channel, or only named readers. There is no default.',
    ),
    until: day('Keep until', 'The last day anyone may keep it.').optional(),
  })
  .meta({ title: 'Rule of a part', description: 'Who may read this part, and until when.' })

const ref = z
  .strictObject({
    id: noticeId('Notice', 'The notice that is referred to, in the same channel.'),
    rel: oneOf(rels, 'Relation', 'How this notice stands to it.'),
  })
  .meta({ title: 'Reference', description: 'Another notice of the same channel.' })

const reader = code('Reader', 'A participant.', patterns.member, 'QN')

/** The form of a whole draft of this type. */
export function draftForm(type: NoticeType) {
  const names = type.nominal ? { nominal: nominal.optional() } : {}
  const namesRule = type.nominal ? { nominal: partRule.optional() } : {}
  return z
    .strictObject({
      type: z.literal(type.name).meta({ title: 'Type', description: 'The type of notice.' }),
      body: type.body.meta({ title: 'Body', description: 'The content; parties stand in it by their keys.' }),
      ...names,
      readers: several(reader, 'Named readers', 'Given when a part is for named readers.', {
        least: 1,
        most: limits.readersPerNotice,
      }).optional(),
      parts: z.strictObject({ body: partRule, ...namesRule }).meta({
        title: 'Parts',
        description: 'A rule for the body, and one for the names where there are any.',
      }),
      refs: several(ref, 'References', 'Other notices that this one concerns.', {
        most: limits.refsPerNotice,
      }).optional(),
      exercise: yesNo('Exercise', 'A drill: marked everywhere, and without effect.').optional(),
    })
    .meta({ title: type.label, description: type.purpose })
}

/** JSON Schema 2020-12 of a whole draft of this type; the examples may be posted as they stand. */
export function draftSchema(type: NoticeType): { [keyword: string]: unknown } {
  const { $schema, ...schema } = z.toJSONSchema(draftForm(type), { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: `/v1/schemas/${type.name}.json`, ...schema, examples: type.examples }
}
