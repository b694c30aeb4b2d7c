import { createHash } from 'node:crypto'
import { findGoods } from '#protocol'
import type { Answers } from '../../desk/drafting.ts'
import { countryCode } from '../components/countries.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import { answersFrom } from './form/answers.ts'
import { fieldAt, type Group } from './form/describe.ts'
import { stepsOf } from './form/pointer.ts'
import { filePrefix } from './inputs/file-hash.ts'

/** What a page sent, its conveniences turned into answers: a country by its name, a good picked, another code. */
export function sentAnswers(visit: MemberVisit, form: Group, office: Office): Answers {
  const members = office.desk.registry().members.members.map(({ id }) => id)
  const sent: Record<string, readonly string[]> = { ...answersFrom(visit.fields) }
  for (const [name, texts] of Object.entries(sent)) {
    if (fieldAt(form, stepsOf(name))?.kind === 'country')
      sent[name] = texts.map(text => countryCode(text, visit, members))
  }
  for (const [name, text] of visit.fields) {
    if (name.startsWith('other:') && text.trim() !== '') sent[name.slice('other:'.length)] = [digits(text)]
    if (name.startsWith('pick:')) Object.assign(sent, picked(name.slice('pick:'.length), text))
    if (/^\/.*\/hs\/code$/.test(name) && text !== '') sent[name] = [digits(sent[name]?.[0] ?? text)]
  }
  for (const [name, { bytes }] of Object.entries(visit.files)) {
    if (name.startsWith(filePrefix) && bytes.length > 0)
      sent[name.slice(filePrefix.length)] = [createHash('sha256').update(bytes).digest('hex')]
  }
  if (sent['/parts/nominal/to']?.[0] === 'nobody') {
    sent['/parts/nominal/to'] = ['named']
    for (const name of Object.keys(sent)) if (name.startsWith('/readers')) delete sent[name]
    sent['/readers/0'] = [office.desk.member]
  }
  return sent
}

/** Codes are often written with points. */
function digits(text: string): string {
  return text.replace(/[\s.]/g, '')
}

/** One good in the place of another: its customs code is the list's where there is but one. */
function picked(at: string, id: string): Answers {
  const goods = findGoods(id)
  if (goods === undefined) return {}
  const isListed = goods.kind === 'listed'
  const [code, second] = isListed ? goods.hsCodes : []
  return {
    [`${at}/itemId`]: [isListed ? id : ''],
    [`${at}/watchId`]: [isListed ? '' : id],
    [`${at}/unlisted/description`]: [''],
    [`${at}/hs/code`]: [code !== undefined && second === undefined ? code : ''],
  }
}
