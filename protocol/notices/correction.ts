import { z } from 'zod'
import type { JsonObject } from '../canonical.ts'
import type { Draft } from '../draft.ts'
import { formIssues } from '../field-errors.ts'
import { bodyOf } from '../fields/general.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { jsonFaults } from '../fields/json.ts'
import { parties } from '../fields/party.ts'
import { remedyFields } from '../fields/remedy.ts'
import { addRule, type Fault, faultIf, missingIf } from '../fields/rule.ts'
import { summaryLine } from '../fields/summary.ts'
import { code, oneOf, several } from '../fields/text.ts'
import { patched } from '../json-patch.ts'
import type { IndexKeys, Located, NoticeType, ScreeningKeys } from '../notice-type.ts'
import { defineNoticeType } from '../notice-type.ts'
import { patterns } from '../patterns.ts'
import { sha256 } from '../sha256.ts'
import type { TradeFlow } from '../trade-flow.ts'
import { alert } from './alert.ts'
import { denial } from './denial.ts'
import { sighting } from './sighting.ts'

/** The types that stand by themselves: a full replacement follows the form of its own. */
const replaceable: readonly NoticeType[] = [denial, alert, sighting]

/** Levels below the value of one patch step: with the levels around it, the part stays within the protocol's depth. */
const patchDepth = 3
const replacementDepth = 5

const pointer = /^(\/([^~/]|~[01])*)+$/

const step = addRule(
  z
    .strictObject({
      op: oneOf(['add', 'remove', 'replace', 'move', 'copy', 'test'], 'Operation', 'What to do there.'),
      path: code('Path', 'Where in the body, as a JSON Pointer.', pointer, '/goods/0/quantity/value'),
      from: code('From', 'Where it is taken from, for "move" and "copy".', pointer, '/goods/0').optional(),
      value: z
        .unknown()
        .meta({ title: 'Value', description: 'The new value, for "add", "replace" and "test".' })
        .optional(),
    })
    .meta({ title: 'Change', description: 'One step of a JSON Patch (RFC 6902).' }),
  ['op', 'from', 'value'],
  ({ op, from, value }): Fault[] => {
    const moves = op === 'move' || op === 'copy'
    const sets = op !== 'remove' && !moves
    return [
      ...missingIf(moves && from === undefined, 'from', 'Say where it is taken from.'),
      ...faultIf(!moves && from !== undefined, ['from'], 'Only "move" and "copy" take from somewhere.'),
      ...missingIf(sets && value === undefined, 'value', 'Give the value.'),
      ...faultIf(!sets && value !== undefined, ['value'], 'This operation takes no value.'),
      ...(value === undefined ? [] : jsonFaults(value, patchDepth, ['value'])),
    ]
  },
)

const form = bodyOf({
  ...remedyFields,
  patch: several(step, 'Changes', 'The single changes to the body (RFC 6902).', {
    least: 1,
    most: 50,
  }).optional(),
  targetType: code(
    'Type of the notice',
    'Needed with a full replacement.',
    patterns.name,
    'denial',
  ).optional(),
  replacement: z
    .record(z.string().max(64), z.unknown())
    .meta({ title: 'Replacement', description: 'The whole body as it should have been.' })
    .optional(),
  parties: parties.optional(),
})

const body = addRule(form, ['patch', 'targetType', 'replacement'], ({ patch, targetType, replacement }) => [
  ...missingIf(
    patch === undefined && replacement === undefined,
    'replacement',
    'Give the changes or the whole new body.',
  ),
  ...faultIf(
    patch !== undefined && replacement !== undefined,
    ['patch'],
    'Give the changes or the whole body, not both.',
  ),
  ...missingIf(
    replacement !== undefined && targetType === undefined,
    'targetType',
    'Say which type of notice this replaces.',
  ),
  ...(replacement === undefined ? [] : replacementFaults(targetType, replacement)),
])

/** A replacement of a type that is not known here is checked as JSON only. */
function replacementFaults(
  targetType: string | undefined,
  replacement: { [name: string]: unknown },
): Fault[] {
  const type = replaceable.find(({ name }) => name === targetType)
  if (type === undefined) return jsonFaults(replacement, replacementDepth, ['replacement'])
  return formIssues(type.body, replacement).map(({ path, detail, code }) => ({
    path: ['replacement', ...path.map(step => (typeof step === 'symbol' ? String(step) : step))],
    says: detail,
    code: code === 'missing' ? 'missing' : 'rule',
  }))
}

/** Of a step, the value that it sets there, or around it; of a rule over several values, the last that is set. */
function placeOf({ patch }: z.infer<typeof form>, at: string): string {
  if (patch === undefined) return `/replacement${at}`
  const isNear = (path: string) => `${at}/`.startsWith(`${path}/`)
  const near = patch.findLastIndex(({ path }) => isNear(path))
  const step = near < 0 ? patch.length - 1 : near
  const { path = '', value } = patch[step] ?? {}
  const below = near < 0 || value === undefined ? '' : at.slice(path.length)
  return `/patch/${step}/${value === undefined ? 'path' : 'value'}${below}`
}

/** A correction is found by what it says instead. */
function correctedKeys({ targetType, replacement }: z.infer<typeof form>): IndexKeys {
  const type = replaceable.find(({ name }) => name === targetType)
  return type !== undefined && replacement !== undefined ? type.keys(replacement) : indexKeys({})
}

function correctedFlow({ targetType, replacement }: z.infer<typeof form>): TradeFlow | undefined {
  const type = replaceable.find(({ name }) => name === targetType)
  return replacement === undefined ? undefined : type?.tradeFlow?.(replacement)
}

/** What it says instead is screened against as what it replaces was. */
function correctedScreening({ targetType, replacement }: z.infer<typeof form>): ScreeningKeys | undefined {
  const type = replaceable.find(({ name }) => name === targetType)
  const keys = replacement === undefined ? undefined : type?.screening?.(replacement)
  if (keys === undefined) return undefined
  const within = (found: Located[]) => found.map(({ at, value }) => ({ at: `/replacement${at}`, value }))
  const { items, hs, products, destinations, carriers } = keys
  return {
    ...keys,
    items: within(items),
    hs: within(hs),
    products: within(products),
    destinations: within(destinations),
    carriers: within(carriers),
  }
}

const target = sha256('a denial of the exercise')

const quantityPatch: Draft = {
  type: 'correction',
  exercise: true,
  body: {
    target,
    kind: 'clerical',
    reason: 'A zero was left out of the quantity.',
    patch: [{ op: 'replace', path: '/goods/0/quantity/value', value: 400 }],
    lang: 'en',
    text: { en: 'The quantity is 400 pieces, not 40.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
  refs: [{ id: target, rel: 'corrects' }],
}

/** The whole body again, with the names that go with it. */
const replacement: Draft = {
  type: 'correction',
  exercise: true,
  body: {
    target,
    kind: 'substantive',
    reason: 'A second consignee came to light.',
    targetType: 'denial',
    replacement: denial.examples[0]?.body ?? {},
    parties: { depot: { role: 'consignee', country: 'XG', kind: 'prison', publicBody: true } },
    lang: 'en',
    text: { en: 'The corrected denial in full.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  nominal: { depot: { name: 'Ministry of Imaginary Prisons, Supply Depot 5' } },
  parts: { body: { to: 'channel', until: '2036-12-31' }, nominal: { to: 'channel', until: '2031-12-31' } },
  refs: [{ id: target, rel: 'corrects' }],
}

export const correction = defineNoticeType({
  name: 'correction',
  label: 'Correction',
  purpose: 'Puts right a notice of your own: single changes, or the whole body again.',
  body,
  nominal: true,
  answers: { rel: 'corrects', field: 'target', from: 'issuer', status: 'corrected' },
  summary: ({ kind, patch, targetType }) =>
    summaryLine(
      patch === undefined
        ? `Correction (${kind.replaceAll('-', ' ')}): a new ${targetType ?? 'notice'} in full`
        : `Correction (${kind.replaceAll('-', ' ')}): ${patch.map(({ path }) => path.slice(1)).join(', ')}`,
    ),
  gist: { what: ['kind'], why: ['reason'] },
  corrects: {
    corrected: ({ patch, replacement }, was) =>
      patch === undefined ? (replacement as JsonObject | undefined) : patched(was, patch),
    placeOf,
    ofOne: (at, value) => ({ patch: [{ op: 'replace', path: at, value }] }),
  },
  faultsOn: ({ targetType, replacement }, day) => {
    const type = replaceable.find(({ name }) => name === targetType)
    const faults = (replacement && type?.faultsOn?.(replacement, day)) ?? []
    return faults.map(fault => ({ ...fault, pointer: `/replacement${fault.pointer}` }))
  },
  keys: correctedKeys,
  tradeFlow: correctedFlow,
  screening: correctedScreening,
  examples: [quantityPatch, replacement],
})
