import { z } from 'zod'
import type { NoticeType } from '#protocol'
import { component } from '../draft-components.ts'
import { notice } from '../responses.ts'

const prefix = 'alliance.focalpoint'
const about = z.string().exactOptional()

/** CloudEvents 1.0 in structured mode, as it is posted to a receiver. */
const cloudEvent = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: z.string().meta({ description: 'As in the header webhook-id: take each id once.' }),
    source: z.string().meta({ description: 'urn:focalpoint: and the id of the participant.' }),
    type: z.string(),
    subject: z.string().meta({ description: 'The id of the notice.' }),
    time: z.string().meta({ format: 'date-time', description: 'When it came about at this node.' }),
    datacontenttype: z.literal('application/json'),
    exercise: z.literal(true).exactOptional().meta({ description: 'A drill.' }),
    about: about.meta({ description: 'The notice told before that this one answers.' }),
    reminderof: about.meta({ description: 'The delivery of a flash alert that nobody has opened.' }),
    data: z.union([
      notice.meta({ description: 'The notice as it is when this is sent, without what was erased.' }),
      z
        .strictObject({ id: z.string(), exercise: z.boolean(), isReadHereOnly: z.literal(true) })
        .meta({ description: 'All that is told of a notice for named readers, or marked TLP:RED.' }),
      z.strictObject({ consignment: z.string(), subscription: z.string() }),
      z.strictObject({ subscription: z.string(), text: z.string() }),
    ]),
  })
  .meta({ title: 'Event as it is posted' })

/** What each type of event says. */
function eventTypes(types: readonly NoticeType[]): Record<string, string> {
  return {
    ...Object.fromEntries(
      types.map(({ name, label }) => [`${prefix}.notice.${name}`, `${label}: it came in.`]),
    ),
    [`${prefix}.pointer`]:
      'A notice for named readers, or marked TLP:RED, came in: read it at this node, with GET /v1/notices/{id}.',
    [`${prefix}.change.parts`]: 'More parts came in of a notice that was told before.',
    [`${prefix}.change.erased`]: 'A part of a notice that was told before was erased: erase it too.',
    [`${prefix}.change.voided`]: 'A notice that was told before is void: nobody may rely on it.',
    [`${prefix}.change.disputed`]: 'A notice that was told before is disputed until the coordinators decide.',
    [`${prefix}.match`]: 'A consignment that you keep was screened again and has a new match.',
    [`${prefix}.test`]: 'Somebody tests the subscription.',
  }
}

const headers = [
  ['webhook-id', 'The id of the event; the same in every attempt.'],
  ['webhook-timestamp', 'Seconds since 1970 of this attempt.'],
  ['webhook-signature', 'Of Standard Webhooks: one signature, or two while a secret is rotated.'],
]

/** The `webhooks` of the OpenAPI document, and the schema that they share. */
export function webhooksOf(types: readonly NoticeType[]): { webhooks: object; schemas: object } {
  const described = Object.entries(eventTypes(types)).map(([type, summary]) => [
    type,
    {
      post: {
        summary,
        description:
          'Answer with any 2xx within 15 s. Deliveries of one subscription come one after the other, each until it was taken; 410 ends them.',
        parameters: headers.map(([name, description]) => ({
          name,
          in: 'header',
          required: true,
          description,
          schema: { type: 'string' },
        })),
        requestBody: {
          required: true,
          content: {
            'application/cloudevents+json': { schema: { $ref: '#/components/schemas/cloud-event' } },
          },
        },
        responses: { '2XX': { description: 'Taken.' }, 410: { description: 'Nothing more is wanted.' } },
      },
    },
  ])
  return {
    webhooks: Object.fromEntries(described),
    schemas: { 'cloud-event': component(z.toJSONSchema(cloudEvent)) },
  }
}
