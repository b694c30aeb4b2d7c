import { findMember, isObject, type JsonObject, type Registry } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { valuesAt } from './pointer.ts'
import { identified, mappingTime, type StixObject } from './stix-object.ts'

/** Where goods, codes and places stand that STIX has no properties for (section 7.3). */
export const extensionId = 'extension-definition--1c8a93cb-8d9c-4185-a702-65f6fd798a92'

/**
 * TLP 2.0, which STIX 2.1 does not define by itself: the objects and ids that OASIS publishes in
 * cti-stix-common-objects, extension-definition-specifications/tlp-2.0.
 */
const tlpExtension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d'
const tlpMarkings: Record<string, string> = {
  'TLP:CLEAR': 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
  'TLP:GREEN': 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  'TLP:AMBER': 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'TLP:AMBER+STRICT': 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  'TLP:RED': 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
}

const times = { created: mappingTime, modified: mappingTime }

/** What every bundle begins with: who defines the extension, and the extension. */
export function prelude(): StixObject[] {
  const maker: StixObject = {
    ...identified({ identity: 'focalpoint' }, ''),
    ...times,
    name: 'focalpoint',
    description: 'The software of the nodes of the Alliance for Torture-Free Trade.',
    identity_class: 'system',
  }
  const extension: StixObject = {
    type: 'extension-definition',
    spec_version: '2.1',
    id: extensionId,
    created_by_ref: maker.id,
    ...times,
    name: 'Goods and trade flows',
    description:
      'What notices on goods for torture, ill-treatment or executions say of goods and their movements.',
    schema:
      'Plain text. notice: its id; network_reference; channel; place: in the log; goods: list, item, category, description, hs_codes (without points), quantity, unit; likely_hs_codes; urgency; brands; verdict; direction; sighted_at; dispatched_from; destined_for; route; held_hours.',
    version: '1.0.0',
    extension_types: ['property-extension'],
  }
  return [maker, extension]
}

/** Who issued it. */
export function identityOf(member: string, registry: Registry): StixObject {
  const issued = `${registry.members.issued}T00:00:00.000Z`
  return {
    ...identified({ identity: member }, registry.net),
    created: mappingTime,
    modified: issued > mappingTime ? issued : mappingTime,
    name: findMember(registry, member)?.names.en ?? member,
    description: `Focal point of the participant ${member}.`,
    identity_class: 'organization',
  }
}

/** A country, ISO 3166-1 alpha-2. */
export function locationOf(country: string, { net }: Registry): StixObject {
  return { ...identified({ location: country }, net), ...times, name: country, country }
}

/** How far the notice may be passed on; none where its label is of a later version. */
export function markingOf({ body }: NoticeView): StixObject[] {
  const label = String(body?.tlp)
  const id = Object.hasOwn(tlpMarkings, label) ? tlpMarkings[label] : undefined
  if (id === undefined) return []
  const extension = {
    extension_type: 'property-extension',
    tlp_2_0: label.slice('TLP:'.length).toLowerCase(),
  }
  return [
    {
      type: 'marking-definition',
      spec_version: '2.1',
      id,
      created: '2022-10-01T00:00:00.000Z',
      name: label,
      extensions: { [tlpExtension]: extension },
    },
  ]
}

/** Goods as the extension tells them. */
export function goodsIn({ body }: NoticeView): JsonObject[] {
  return valuesAt(body, '/goods/*')
    .filter(isObject)
    .map(good => {
      const [description] = [...valuesAt(good, '/description'), ...valuesAt(good, '/unlisted/description')]
      return withoutGaps({
        list: good.listId,
        item: good.itemId ?? good.watchId,
        category: good.category,
        description,
        hs_codes: [...valuesAt(good, '/hs/code'), ...valuesAt(good, '/declared/hs/code')],
        quantity: valuesAt(good, '/quantity/value')[0],
        unit: valuesAt(good, '/quantity/rec20')[0],
      })
    })
}

/** Empty lists are no STIX (section 2.12). */
export function withoutGaps(properties: Record<string, unknown>): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as JsonObject
}
