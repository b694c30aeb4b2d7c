import type { Draft, JsonObject } from '#protocol'
import { draft, type PartiesByKey, thirtyDaysAfter, yearsAfter } from './build.ts'

const nationalLaws: { [issuer: string]: string } = {
  QM: 'Quillmark Trade Control Act',
  QN: 'Norvane Goods Control Ordinance',
  XD: 'Dorrenia Export and Brokering Code',
  XE: 'Elandor Strategic Goods Act',
  XF: 'Farrowick Controlled Services Act',
  XH: 'Hesperay Transit Act',
}

export interface Refusal {
  ref: string
  decided: string
  /** The first day it counts. */
  notified: string
  decision?: string
  activity?: string
  article: string
  grounds: string[]
  summary: string
  source: JsonObject
  goods: JsonObject
  parties: PartiesByKey
  destination: string
  endUse: [code: string, text: string]
  text: JsonObject
  tlp?: string
  more?: JsonObject
  refs?: NonNullable<Draft['refs']>
}

/** A whole denial notice of an exercise; the end-user is the consignee unless it is a party of its own. */
export function denial(given: Refusal): Draft {
  const issuer = given.ref.slice(0, 2)
  return draft('denial', {
    body: {
      networkRef: given.ref,
      nationalRef: given.ref.replace(/^(\w+)-/, '$1-LIC-'),
      decisionType: given.decision ?? 'refused',
      activity: given.activity ?? 'export',
      decisionDate: given.decided,
      notifyBy: thirtyDaysAfter(given.decided),
      legalBasis: [{ instrument: nationalLaws[issuer] ?? 'National law', article: given.article }],
      nationalProhibition: false,
      grounds: given.grounds,
      groundsSummary: given.summary,
      evidenceSources: [given.source],
      goods: [given.goods],
      consigneeIsEndUser: !Object.values(given.parties).some(({ body }) => body.role === 'end-user'),
      countryOfDestination: given.destination,
      endUseStated: { code: given.endUse[0], text: given.endUse[1] },
      validity: {
        from: given.notified,
        reviewDue: yearsAfter(given.notified, 3),
        lookbackUntil: yearsAfter(given.decided, 3),
        reviewCount: 0,
      },
      consultContact: { mailbox: `licensing-${issuer.toLowerCase()}@example.org`, channel: 'node' },
      ...given.more,
    },
    text: given.text,
    tlp: given.tlp ?? 'TLP:AMBER',
    parties: given.parties,
    ...(given.refs === undefined ? {} : { refs: given.refs }),
  })
}
