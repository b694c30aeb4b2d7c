import { findNoticeType, type NoticeType, type Registry } from '#protocol'
import type { Desk, NoticeView } from '../../desk/desk.ts'
import { textAt, valuesAt } from './pointer.ts'
import type { StixObject } from './stix-object.ts'
import { extensionId, goodsIn, identityOf, markingOf, withoutGaps } from './stix-shared.ts'

export interface StixContext {
  registry: Registry
  types: readonly NoticeType[]
  notices: Pick<Desk['notices'], 'find'>
  /** Whether a notice may be exported: also of one that another refers to. */
  isWanted: (view: NoticeView) => boolean
}

/** What the objects of one notice share, and the objects that they refer to. */
export interface Shared {
  properties: Record<string, unknown>
  before: StixObject[]
}

/**
 * Names stay out, whoever asks: a platform passes on what it holds and cannot erase it on a date. `modified` follows
 * the notice that withdrew or corrected this one, so that a platform takes the new version of the object.
 */
export async function sharedBy(view: NoticeView, context: StixContext): Promise<Shared> {
  const issuer = identityOf(view.issuer, context.registry)
  const markings = markingOf(view)
  const { body, exercise, status, issuedAt } = view
  const confidence = valuesAt(body, '/confidence')[0]
  return {
    before: [issuer, ...markings],
    properties: withoutGaps({
      created_by_ref: issuer.id,
      created: issuedAt,
      modified: await modifiedAt(view, context),
      ...(status === 'withdrawn' && { revoked: true }),
      labels: [
        ...(exercise ? ['exercise'] : []),
        ...(status === 'corrected' ? ['corrected'] : []),
        ...['/urgency', '/verdict', '/pap'].flatMap(pointer => textAt(body, pointer) ?? []),
      ],
      ...(Number.isInteger(confidence) && { confidence }),
      lang: textAt(body, '/lang'),
      object_marking_refs: markings.map(({ id }) => id),
      external_references: referencesOf(view),
      extensions: { [extensionId]: { extension_type: 'property-extension', ...extensionOf(view) } },
    }),
  }
}

/** The text in the authoritative language; a drill says so first, for labels are easily passed over. */
export function descriptionOf({ body, exercise }: NoticeView, ...more: (string | undefined)[]): string {
  const text = textAt(body, `/text/${textAt(body, '/lang') ?? 'en'}`)
  const said = [text, ...more].filter(each => each !== undefined).join('\n\n')
  return exercise ? `EXERCISE: not a real notice. ${said}` : said
}

/** Never earlier than `created` (section 3.6.1), whatever the clocks of the issuers say. */
async function modifiedAt(view: NoticeView, { types, notices }: StixContext): Promise<string> {
  if (view.status !== 'withdrawn' && view.status !== 'corrected') return view.issuedAt
  const changing = view.referredToBy.filter(({ type, rel, issuer }) => {
    const rule = findNoticeType(type, types)?.answers
    return rule?.status !== undefined && rule.rel === rel && issuer === view.issuer
  })
  const answers = await Promise.all(changing.map(({ id }) => notices.find(id, { nominal: false })))
  return answers.flatMap(answer => answer?.issuedAt ?? []).reduce((a, b) => (a > b ? a : b), view.issuedAt)
}

function referencesOf({ id, label, issuer, body }: NoticeView): object[] {
  const networkRef = textAt(body, '/networkRef')
  return [
    { source_name: 'focalpoint', external_id: id, description: `${label} of ${issuer}` },
    ...(networkRef === undefined
      ? []
      : [{ source_name: 'focalpoint network reference', external_id: networkRef }]),
  ]
}

function extensionOf(view: NoticeView): object {
  const { body, id, channel, seq } = view
  return withoutGaps({
    notice: id,
    network_reference: textAt(body, '/networkRef'),
    channel,
    place: seq,
    goods: goodsIn(view),
    likely_hs_codes: valuesAt(body, '/hsLikely/*/code'),
    urgency: textAt(body, '/urgency'),
    brands: valuesAt(body, '/brandNames/*'),
    verdict: textAt(body, '/verdict'),
    direction: textAt(body, '/direction'),
    sighted_at: textAt(body, '/place/unlocode') ?? textAt(body, '/place/customsOffice'),
    dispatched_from: textAt(body, '/countryOfDispatch'),
    destined_for: textAt(body, '/countryOfDestination'),
    route: valuesAt(body, '/route/*'),
    held_hours: valuesAt(body, '/outcome/heldHours')[0],
  })
}
