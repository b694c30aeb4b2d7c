import type { Json } from '#protocol'
import type { Line } from './line.ts'
import { textAt, valuesAt } from './pointer.ts'

interface Field {
  /** For the description of the API. */
  about: string
  read: (line: Line) => readonly Json[]
  /** Its texts are decimal numbers. */
  isDecimal?: true
}

/** What columns can be made from by name: the names are stable, whatever becomes of the bodies. */
export const fields = {
  id: first('Id of the notice.', '/id'),
  networkRef: first('Reference that all participants quote.', '/body/networkRef'),
  nationalRef: first("The issuer's own file number.", '/body/nationalRef'),
  type: first('denial, alert, sighting, …', '/type'),
  label: first('The type in words.', '/label'),
  issuer: first('Who issued it.', '/issuer'),
  channel: first('In which channel.', '/channel'),
  seq: first("Place in the issuer's log.", '/seq'),
  issuedAt: first('Time of issue, by the issuer.', '/issuedAt'),
  receivedAt: first('Time of arrival at this node.', '/receivedAt'),
  status: first('sent, held by all, corrected, withdrawn, …', '/status'),
  standing: first('verified, key since retired, void, disputed, unknown key.', '/standing'),
  exercise: first('true for a drill.', '/exercise'),
  flags: all('What is odd about it.', '/flags/*'),
  tlp: first('How far it may be passed on.', '/body/tlp'),
  confidence: first('How sure the issuer is, 0 to 100.', '/body/confidence'),
  urgency: first('routine, priority, flash.', '/body/urgency'),
  title: first('Its title, else its summary.', '/body/title', '/summary'),
  summary: first('One line, as in lists.', '/summary'),
  text: { about: 'Plain text in its authoritative language.', read: ownText },
  refersTo: all('Ids of the notices that it refers to.', '/refs/*/id'),
  answeredBy: all('Ids of the notices that refer to it.', '/referredToBy/*/id'),
  decision: first('What was decided.', '/body/decisionType'),
  activity: first('What was applied for.', '/body/activity'),
  decisionDate: first('Day of the decision.', '/body/decisionDate'),
  nationalProhibition: first(
    'true for a refusal that rests only on national law: no denial.',
    '/body/nationalProhibition',
  ),
  grounds: all('Grounds of the decision.', '/body/grounds/*'),
  groundsSummary: first('The grounds in words.', '/body/groundsSummary'),
  verdict: first('What was found.', '/body/verdict'),
  observedFrom: first('First day of a sighting.', '/body/observedAt/from'),
  observedTo: first('Last day of a sighting.', '/body/observedAt/to'),
  place: first('Place code or customs office.', '/body/place/unlocode', '/body/place/customsOffice'),
  direction: first('export, import, transit, …', '/body/direction'),
  item: first('Item of the goods list or the watch list.', '/good/itemId', '/good/watchId'),
  category: first('Category of the good.', '/good/category'),
  listVersion: first('Version of the goods list.', '/good/listVersion'),
  hs: firstOf('HS code, or the likely ones.', '/good/hs/code', '/body/hsLikely/*/code'),
  hsEdition: firstOf('Edition of the code.', '/good/hs/edition', '/body/hsLikely/*/edition'),
  description: first('The good in words.', '/good/description', '/good/unlisted/description', '/good/label'),
  declaredAs: first('What the declaration said.', '/good/declared/description'),
  declaredHs: first('HS code of the declaration.', '/good/declared/hs/code'),
  quantity: first('How much.', '/good/quantity/value'),
  unit: first('Unit, UN/ECE Recommendation 20.', '/good/quantity/rec20'),
  amount: { ...first('Value of the goods.', '/good/value/amount'), isDecimal: true },
  currency: first('Of the value, ISO 4217.', '/good/value/currency'),
  partyRole: first('consignee, end-user, …', '/party/role'),
  partyCountry: first('Country of the party.', '/party/country'),
  partyKind: first('Kind of body.', '/party/kind'),
  name: first('Name of the party, for those who may read it.', '/names/name'),
  nameLatin: first('The name in Latin letters.', '/names/nameLatin'),
  aliases: all('Other names of the party.', '/names/aliases/*'),
  ids: { about: 'Registration numbers, scheme:number.', read: idTexts },
  city: first('Town of the party.', '/names/address/city'),
  origin: first('Where the goods come from.', '/body/countryOfOrigin', '/body/countryOfDispatch'),
  destination: first('Where the goods go.', '/body/countryOfDestination'),
  endUseCountry: first('Where they would be used.', '/body/countryOfEndUse'),
  route: all('Places or countries on the way.', '/body/route/*', '/body/transitCountries/*'),
  lookbackUntil: first('Until then others consult the issuer.', '/body/validity/lookbackUntil'),
  reviewDue: first('Day by which a denial is reviewed.', '/body/validity/reviewDue'),
  validUntil: first('From then on an alert is history.', '/body/validUntil'),
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fields, name)
}

/** The first value that there is. */
function first(about: string, ...pointers: string[]): Field {
  return { about, read: line => pointers.flatMap(pointer => valuesAt(line, pointer)).slice(0, 1) }
}

/** All values of the first pointer that has any. */
function firstOf(about: string, ...pointers: string[]): Field {
  return {
    about,
    read: line => pointers.map(pointer => valuesAt(line, pointer)).find(({ length }) => length > 0) ?? [],
  }
}

function all(about: string, ...pointers: string[]): Field {
  return { about, read: line => pointers.flatMap(pointer => valuesAt(line, pointer)) }
}

function ownText({ body }: Line): Json[] {
  return valuesAt(body, `/text/${textAt(body, '/lang') ?? 'en'}`)
}

function idTexts({ names }: Line): Json[] {
  return valuesAt(names, '/ids/*').map(id => `${textAt(id, '/scheme')}:${textAt(id, '/value')}`)
}
