import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  categories,
  channelNames,
  draftForm,
  goodsList,
  hsEditions,
  identifierSchemes,
  noticeTypes,
  partyRoles,
} from '#protocol'
import { lanes } from '../../../../node/consignment.ts'
import { noticeStatuses, standings } from '../../../../node/desk/desk.ts'
import { problems } from '../../../../node/desk/problem.ts'
import { roles } from '../../../../node/people.ts'
import { deliveryKinds, deliveryStates, pauseCodes, urgencies } from '../../../../node/subscription.ts'

/** What the forms of all notice types show: titles and descriptions, and the words of their vocabularies. */
interface Shown {
  texts: Set<string>
  codes: Set<string>
}

/** Where drafts are told what is wrong, and what becomes of goods is said. */
const root = join(import.meta.dirname, '../../../..')
const faultFolders = ['protocol/fields', 'protocol/notices', 'node/desk/sighting']
const faultFiles = [
  'protocol/parse-draft.ts',
  'protocol/field-errors.ts',
  'node/desk/consignments/column-map.ts',
  'node/desk/consignments/csv-records.ts',
  'node/desk/consignments/file-lines.ts',
  'node/desk/consignments/read-lines.ts',
  'node/web/screening/list.ts',
  'node/web/screening/screen.ts',
]
/** What subscriptions are refused for, each in a sentence of its own under one code. */
const conflictFiles = ['deliveries', 'room', 'subscriptions'].map(name => `node/delivery/${name}.ts`)

/** The roles that notices name as their authors, kinds of package, and units in common use. */
const customary = {
  authors: ['licensing-officer', 'customs-officer'],
  units: ['H87', 'SET', 'PR', 'KGM', 'GRM', 'TNE', 'LTR', 'MLT', 'MTR', 'MTK'],
  packages: ['Packaging/CT', 'Packaging/BX', 'Packaging/DR', 'Packaging/BG', 'Packaging/PX'],
  modes: ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(mode => `Mode/${mode}`),
}

/** How a code is written, which stands after many descriptions and is translated once. */
const formHint = / (?:ISO 3166-1, two letters|UN\/LOCODE, five characters|The key of one of the parties)\.$/

/** The one vocabulary of pages, command line and API, where no list of the program has it. */
const vocabulary = {
  peers: ['up to date', 'catching up', 'not heard', 'refusing us', 'refused by us', 'suspended'],
  notices: ['draft', 'waiting for release', 'changed after signing'],
  keys: ['in force', 'stopped', 'ended'],
  members: ['active', 'suspended', 'left'],
  contacts: ['focal point'],
  matches: ['notice', 'goods'],
}

/** One code that means two things, after what it stands in. */
const inContext = ['Status/suspended']

/** What composed sentences come to where a word of theirs is one of a few. */
const composed: Record<string, readonly string[]> = {
  'This must be {0}.': [
    'text',
    'a number',
    'a whole number',
    'yes or no (true or false)',
    'a list',
    'a group of fields',
  ].map(kind => `This must be ${kind}.`),
  'This may have at most {0}{1}.': ['', ' characters', ' entries'].map(
    unit => `This may have at most {0}${unit}.`,
  ),
  'This must have at least {0}{1}.': ['', ' characters', ' entries'].map(
    unit => `This must have at least {0}${unit}.`,
  ),
  'This text {0}.': [
    'holds half of a character (a lone surrogate)',
    'holds invisible control characters',
    'is not in Unicode normal form NFC',
  ].map(fault => `This text ${fault}.`),
  '{0} of this draft must be put right; nothing was stored.': ['1 field', '{0} fields'].map(
    fields => `${fields} of this draft must be put right; nothing was stored.`,
  ),
  'For a sighting {0} missing or wrong; nothing was drafted.': ['1 field is', '{0} fields are'].map(
    fields => `For a sighting ${fields} missing or wrong; nothing was drafted.`,
  ),
  'The goods list puts this item in {0}.': categories.map(
    code => `The goods list puts this item in ${code}.`,
  ),
  'This decision is about the activity "{0}".': [
    'import',
    'transit',
    'brokering',
    'technical-assistance',
    'training',
    'promotion',
  ].map(activity => `This decision is about the activity "${activity}".`),
}

const errorCodes = ['missing', 'form', 'vocabulary', 'too-much', 'too-little', 'type', 'rule', 'unknown']

/** Every vocabulary code that pages may show. */
export function wantedCodes(): Set<string> {
  return new Set([
    ...shownInForms().codes,
    ...[categories, channelNames, hsEditions, identifierSchemes, partyRoles].flat(),
    ...[lanes, noticeStatuses, standings, roles, deliveryKinds, deliveryStates, pauseCodes, urgencies].flat(),
    ...goodsList.items.flatMap(({ section, control, confidence }) => [section, control, confidence]),
    ...goodsList.watch.map(({ confidence }) => confidence),
    ...[...Object.values(customary), ...Object.values(vocabulary)].flat(),
    ...inContext,
    ...errorCodes.map(code => `error:${code}`),
  ])
}

/** What a draft is told by the office that keeps it. */
const ofTheDesk = [
  'This does not fit the notice as it stands now.',
  'The notice would not follow its form after this correction.',
  'A day in this draft does not fit today: put it right.',
  'Goods for the death penalty travel in a channel of their own: split this draft into one for them and one for the rest.',
  'The notice that this refers to is for named readers: only they may read this too.',
  'The notice that this refers to is for named readers: name readers here too.',
  'This participant does not read the notice that this refers to.',
]

/** What is said of a file of consignments, beside whole sentences in the sources. */
const ofConsignments = [
  'This file cannot be read. {0}',
  'This text holds control characters or halves of characters: is it in another encoding?',
  'A code has 4 to 12 digits, with or without points: "8543.70".',
]

/** Every English text that forms, goods and problems show as it stands. */
export function wantedTexts(): Set<string> {
  const ofGoods = [
    goodsList.about,
    ...goodsList.knownGaps,
    ...goodsList.categories.flatMap(({ meaning, instruments }) => [meaning, instruments]),
    ...goodsList.items.flatMap(({ label, excludes, notes }) => [label, excludes, notes]),
    ...goodsList.watch.flatMap(({ label, why, note }) => [label, why, note]),
  ]
  return new Set(
    [
      ...shownInForms().texts,
      ...ofGoods,
      ...Object.values(problems).map(({ title }) => title),
      ...faultsInSources(),
      ...ofTheDesk,
      ...ofConsignments,
      ...conflictsInSources(),
    ].filter(text => text !== ''),
  )
}

function shownInForms(): Shown {
  const shown: Shown = { texts: new Set(), codes: new Set() }
  for (const type of noticeTypes) {
    shown.texts.add(type.label).add(type.purpose)
    collect(z.toJSONSchema(draftForm(type), { io: 'input' }), shown)
  }
  return shown
}

function collect(schema: unknown, shown: Shown): void {
  if (typeof schema !== 'object' || schema === null) return
  const { title, description, enum: words, ...rest } = schema as Record<string, unknown>
  if (typeof title === 'string') shown.texts.add(title)
  else collect(title, shown)
  if (typeof description === 'string') shown.texts.add(description.replace(formHint, ''))
  else collect(description, shown)
  if (Array.isArray(words)) for (const word of words) shown.codes.add(String(word))
  for (const each of Object.values(rest)) collect(each, shown)
}

/** What drafts are told when a field is wrong: whole sentences in the sources that are in no form and no example. */
function faultsInSources(): string[] {
  const files = faultFolders.flatMap(folder =>
    readdirSync(join(root, folder)).map(name => join(folder, name)),
  )
  const sources = [...files, ...faultFiles]
    .map(path => readFileSync(join(root, path), 'utf8').replace(notSaid, ''))
    .join('\n')
  const notFaults = JSON.stringify(noticeTypes.flatMap(({ examples }) => examples))
  const { texts } = shownInForms()
  const plain = [...sources.matchAll(/'([^'\n]+\.)'/g)].map(([, text = '']) => text)
  const made = [...sources.matchAll(/`([^`\n]+\.)`/g)].map(([, text = '']) => withGaps(text))
  return [...new Set([...plain, ...made])]
    .filter(text => !notFaults.includes(text) && !texts.has(text))
    .flatMap(text => composed[text] ?? [text])
}

function conflictsInSources(): string[] {
  const sources = conflictFiles.map(path => readFileSync(join(root, path), 'utf8')).join('\n')
  return [...sources.matchAll(/conflict\(['`]([^'`]+)['`]\)/g)].map(([, text = '']) => withGaps(text))
}

/** Of a template: each value a gap with its number. */
function withGaps(template: string): string {
  let at = 0
  return template.replace(/\$\{[^}]*\}/g, () => `{${at++}}`)
}

/** Comments, what only the description of the API says, and a sentence that goes into a notice in its own language. */
const notSaid =
  /^\s*(?:\/\/|\/?\*).*$|^\s*\.meta\(\{ description: .*$|^\s*description: .*$|.*\.exactOptional\(\).*|^.*Report of a sighting.*$|^ {2}const sentence = .*$/gm
