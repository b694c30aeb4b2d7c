import { describe, expect, it } from 'vitest'
import { type Draft, defineNoticeType, findNoticeType, noticeTypes, parseDraft } from '#protocol'
import type { Role } from '../../node/people.ts'
import { day } from '../../protocol/fields/day.ts'
import { bodyOf } from '../../protocol/fields/general.ts'
import { itemId } from '../../protocol/fields/goods.ts'
import { indexKeys } from '../../protocol/fields/index-keys.ts'
import { country } from '../../protocol/fields/place.ts'
import { line } from '../../protocol/fields/text.ts'
import { eventually } from '../eventually.ts'
import { runFocalpoint } from '../node/cli/run.ts'
import { describeNoticeType } from '../protocol/notices/every-type.ts'
import { type Participant, Participants } from './participants.ts'

const example: Draft = {
  type: 'theft',
  exercise: true,
  body: {
    item: 'gang-chain-leg-irons',
    stolenOn: '2026-05-01',
    country: 'QM',
    store: 'The armoury of the southern prison',
    lang: 'en',
    text: { en: 'Forty leg irons were found missing from the armoury at the spring count.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
}

/** A kind of notice that stands in this file alone. */
const theft = defineNoticeType({
  name: 'theft',
  label: 'Theft notice',
  purpose: 'Tells that goods of the list were stolen, so that nobody licenses what is left of them.',
  body: bodyOf({
    item: itemId(),
    stolenOn: day('Stolen on', 'The day of the theft, or the day it was found.'),
    country: country('Country', 'Where it happened.'),
    store: line('Store', 'Where the goods were kept.'),
  }),
  nominal: false,
  summary: ({ item, store }) => `Theft of item ${item} from: ${store}`,
  keys: ({ item, country }) => ({ ...indexKeys({ countries: [country] }), goods: [item] }),
  examples: [example],
})

const types = [...noticeTypes, theft]

describeNoticeType(theft)

describe('a notice type that is in no file of the program', () => {
  it('is known to the parser where it is handed in, and nowhere else', () => {
    expect(parseDraft(example, { types })).toEqual(example)
    expect(findNoticeType('theft')).toBeUndefined()
  })

  it('is in the JSON Schemas, the OpenAPI document, the command line and its list', async () => {
    await using alliance = await Participants.make(1)
    const [knowing] = await alliance.openReady(['QM'], { types })
    const { url } = knowing.node
    const schema = await jsonAt(`${url}/v1/schemas/theft.json`)
    expect(schema).toMatchObject({ title: theft.label, examples: [example] })
    expect(await jsonAt(`${url}/v1/schemas`)).toContainEqual(expect.objectContaining({ name: 'theft' }))
    const { components } = await jsonAt(`${url}/v1/openapi.json`)
    const { $schema: _, $id: __, ...component } = schema
    expect(components.schemas.theft).toEqual(component)

    const officer = await commandLine(knowing, 'officer')
    const releaser = await commandLine(knowing, 'releaser')
    const printed = await officer(['notice', 'draft', 'theft', '--example'])
    expect(JSON.parse(printed.stdout)).toEqual(example)
    const wrong = await officer(
      ['notice', 'draft', 'theft', '--file', '-'],
      JSON.stringify({ ...example, body: {} }),
    )
    expect(wrong.code).toBe(4)
    expect(wrong.stderr).toContain('/body/stolenOn')
    const drafted = await officer(['notice', 'draft', 'theft', '--file', '-'], printed.stdout)
    const { stdout } = await releaser(['notice', 'release', drafted.stdout.trim()])
    const id = stdout.trim()

    const summary = theft.summary(theft.body.parse(example.body))
    for (const filter of [
      ['--type', 'theft'],
      ['--goods', 'gang-chain-leg-irons'],
      ['--country', 'QM'],
    ]) {
      const listed = await officer(['notice', 'list', '--json', ...filter])
      expect(JSON.parse(listed.stdout)).toMatchObject([{ id, type: 'theft', label: theft.label, summary }])
    }
    expect((await officer(['notice', 'show', id])).stdout).toContain('Stolen on: 2026-05-01')
  })

  it('crosses to a node that knows it and to one that does not, which carries it and says so', async () => {
    await using alliance = await Participants.make(3)
    const [issuing, knowing] = await alliance.openReady(['QM', 'QN'], { types })
    const [unknowing] = await alliance.openReady(['XD'])
    const { id } = await issuing.issue(example)
    for (const { notices } of [knowing, unknowing]) {
      await eventually(async () => expect((await notices()).map(held => held.id)).toEqual([id]))
    }
    const verified = { id, type: 'theft', standing: 'verified', body: example.body }
    expect(await knowing.notices()).toMatchObject([{ ...verified, label: theft.label, flags: [] }])
    expect(await unknowing.notices()).toMatchObject([
      { ...verified, label: 'theft', flags: ['type-unknown'] },
    ])

    const officer = await commandLine(unknowing, 'officer')
    expect(await officer(['notice', 'draft', 'theft', '--example'])).toMatchObject({ code: 4, stdout: '' })
    expect((await officer(['notice', 'show', id])).stdout).toContain('stolenOn: 2026-05-01')
    const listed = await officer(['notice', 'list', '--json', '--type', 'theft'])
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id, standing: 'verified' }])
    await unknowing.issue()
    expect((await unknowing.notices()).map(({ issuer }) => issuer)).toEqual(['QM', 'XD'])
  })
})

async function jsonAt(url: string) {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  return JSON.parse(await answer.text())
}

/** The command as somebody with this role has it, in a process of its own that talks to this node. */
async function commandLine({ node }: Participant, role: Role) {
  const person = await node.people.add({ name: `The ${role}`, roles: [role] })
  const { secret } = await node.people.createToken({ person: person.id, label: 'test', days: 1 })
  const environment = { FOCALPOINT_URL: node.url, FOCALPOINT_TOKEN: secret }
  return (words: string[], input = '') => runFocalpoint(words, { environment, input })
}
