import { z } from 'zod'
import { patterns } from '../patterns.ts'
import { country, unlocode } from './place.ts'
import type { Fault } from './rule.ts'
import { code, line, oneOf, several, yesNo } from './text.ts'

export const partyRoles = [
  'applicant',
  'exporter',
  'broker',
  'ta-supplier',
  'manufacturer',
  'consignee',
  'distributor',
  'end-user',
  'carrier',
  'agent',
  'financier',
] as const
type PartyRole = (typeof partyRoles)[number]

/** Matches the kinds of the EU's yearly reports. */
const partyKinds = [
  'law-enforcement-authority',
  'prison',
  'military',
  'private-security',
  'trader',
  'manufacturer',
  'hospital-or-pharmacy',
  'museum',
  'private-person',
  'unknown',
] as const

const key = z.string().regex(patterns.name)

/** The key of a party elsewhere in the same body. */
export function partyKey(title: string, description: string) {
  return code(title, `${description} The key of one of the parties.`, patterns.name, 'consignee')
}

const party = z
  .strictObject({
    role: oneOf(partyRoles, 'Role', 'What part it has in the transaction.'),
    country: country('Country', 'Where it is established.'),
    kind: oneOf(partyKinds, 'Kind', 'What sort of body it is.'),
    publicBody: yesNo('Public body', 'Whether it belongs to a State.').optional(),
  })
  .meta({
    title: 'Party',
    description: 'A party without its name: names stand in the nominal part, under the same key.',
  })

/** The parties by key, without names: everyone in the channel may read these for ever. */
export const parties = z.record(key, party).meta({
  title: 'Parties',
  description: 'Each under a key of your choice; the nominal part names it under the same key.',
})

const address = z
  .strictObject({
    street: line('Street', 'Street and number.').optional(),
    postBox: line('Post box', 'Only for letters, never for the location of goods.', 50).optional(),
    postcode: line('Postcode', 'As written in that country.', 20).optional(),
    city: line('Town', 'Town or city.', 100).optional(),
    region: line('Region', 'Province, state or region.', 100).optional(),
  })
  .meta({ title: 'Address', description: 'Where letters reach it. The country stands in the body.' })

/** Who gives numbers to companies. */
export const identifierSchemes = ['lei', 'eori', 'national-register', 'tax'] as const

const identifier = z
  .strictObject({
    scheme: oneOf(identifierSchemes, 'Scheme', 'Who gave the number.'),
    value: line('Number', 'The number as given.', 50),
  })
  .meta({ title: 'Identifier', description: 'A registration number.' })

const names = z
  .strictObject({
    name: line('Name', 'As written in its own script.', 300),
    nameLatin: line(
      'Name in Latin letters',
      'Transliterated, where the name is in another script.',
      300,
    ).optional(),
    aliases: several(
      line('Other name', 'A name it also uses.', 300),
      'Other names',
      'Trading names and spellings.',
    ).optional(),
    legalForm: line('Legal form', 'Ltd, GmbH, SARL, public authority.', 50).optional(),
    ids: several(identifier, 'Identifiers', 'LEI, EORI, register or tax numbers.').optional(),
    address: address.optional(),
    unlocode: unlocode('Place code', 'The town it is in.').optional(),
  })
  .meta({
    title: 'Names of a party',
    description: 'Who it is: kept apart so that it can be withheld and erased.',
  })

/** The form of every `nominal` part: party key → names, identifiers, address. */
export const nominal = z
  .record(key, names)
  .meta({ title: 'Names', description: 'Who the parties are, under the keys of the body.' })

export type Parties = z.infer<typeof parties>

/** The keys of those that have this role. */
export function withRole(all: Parties, role: PartyRole): string[] {
  return Object.keys(all).filter(name => all[name]?.role === role)
}

/** The faults of party keys that no party has: `keys` as given, each with where it stands. */
export function keyFaults(
  all: Parties | undefined,
  keys: { key: string | undefined; path: Fault['path'] }[],
): Fault[] {
  return keys
    .filter(({ key }) => key !== undefined && !Object.hasOwn(all ?? {}, key))
    .map(({ path }) => ({ path, says: 'No party has this key.' }))
}
