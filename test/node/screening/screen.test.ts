import { expect, test } from 'vitest'
import type { Consignment } from '../../../node/consignment.ts'
import type { KnownNotice } from '../../../node/screening/known-notice.ts'
import { NoticeIndex } from '../../../node/screening/notice-index.ts'
import { screenOne } from '../../../node/screening/screen.ts'
import { knownNotice, storyDrafts } from './known.ts'

const stories = storyDrafts()
const idOf = (story: string) => stories.get(story)?.id

function screened(
  consignment: Consignment,
  { as = {}, isInForce = () => true, today = '2026-11-26', isJoined = () => true } = {} as {
    as?: Partial<KnownNotice>
    isInForce?: (id: string) => boolean
    today?: string
    isJoined?: (category: string) => boolean
  },
) {
  const index = new NoticeIndex()
  for (const { id, draft } of stories.values()) {
    const { notice } = knownNotice(id, draft, as)
    if (notice !== undefined) index.put(notice)
  }
  return screenOne(consignment, { index, today, isJoined, isInForce })
}

const depot = {
  role: 'consignee',
  name: 'Ministry of Imaginary Prison, Supply Depot 4',
  country: 'XG',
}
const belts: Consignment = {
  reference: 'line 7',
  description: 'remote control belts',
  hs: { code: '8543.70' },
  destination: 'XG',
  parties: [depot],
}

test('a consignee that was refused, with the code and the destination, is red, and says why', () => {
  const { lane, reference, matches } = screened(belts)
  expect([lane, reference]).toEqual(['red', 'line 7'])
  const [match] = matches
  expect(match).toMatchObject({ kind: 'notice', notice: idOf('DN-01'), type: 'denial', lane: 'red' })
  expect(match?.reasons.map(({ field, met }) => [field, met])).toEqual([
    ['/parties/0/name', '/nominal/depot/name'],
    ['/destination', '/body/countryOfDestination'],
    ['/parties/0/country', '/body/parties/depot/country'],
    ['/hs/code', '/body/goods/0/hs/code'],
    ['/parties/0/role', '/body/parties/depot/role'],
  ])
  expect(match?.reasons[0]?.words).toContain('"prison" for "prisons"')
  expect(match?.reasons[0]?.nearness).toBeGreaterThan(0.9)
})

test('a party alone is amber', () => {
  expect(screened({ description: 'office paper', parties: [depot] })).toMatchObject({ lane: 'amber' })
})

test('a code alone is green, with a note that it says nothing', () => {
  const { lane, matches } = screened({ description: 'parts', hs: { code: '854370' } })
  expect(lane).toBe('green')
  expect(matches.length).toBeGreaterThan(0)
  expect(matches.every(match => match.lane === 'green')).toBe(true)
  expect(matches.flatMap(({ reasons }) => reasons.map(({ words }) => words)).join(' ')).toContain(
    'says nothing',
  )
})

test('a code and a destination alone are green', () => {
  expect(screened({ description: 'parts', hs: { code: '854370' }, destination: 'XG' }).lane).toBe('green')
})

test.each([
  ['Handcuffs, steel', undefined, 'amber', 'ordinary-handcuffs'],
  ['serrated thumb-cuffs', '830150', 'red', 'thumb-finger-cuffs-screws'],
  ['Daumenschellen', undefined, 'amber', 'thumb-finger-cuffs-screws'],
  ['cotton capucha for jackets', '650500', 'green', 'hood-blindfold'],
  ['vials, CAS 57-33-0', undefined, 'amber', 'pentobarbital'],
] as const)('"%s" under %s is %s', (description, code, lane, item) => {
  const result = screened({ description, ...(code && { hs: { code } }) })
  expect(result.lane).toBe(lane)
  expect(result.matches.some(match => match.item === item)).toBe(true)
})

test('a harmless consignment meets nothing', () => {
  const { lane, matches } = screened({
    description: 'school books',
    hs: { code: '490199' },
    destination: 'XV',
  })
  expect([lane, matches]).toEqual(['green', []])
})

test('goods of a channel that was not joined are no more than a note', () => {
  const description = 'thiopental sodium'
  expect(screened({ description }).lane).toBe('amber')
  const { lane, matches } = screened(
    { description },
    { isJoined: category => !category.startsWith('EXECUTION') },
  )
  expect([lane, matches[0]?.item]).toEqual(['green', 'thiopental'])
})

test('a denial beyond its look-back, a void notice and a national prohibition are not met', () => {
  const names = (matches: readonly { notice?: string }[]) => matches.map(({ notice }) => notice)
  expect(names(screened(belts, { today: '2031-01-01' }).matches)).not.toContain(idOf('DN-01'))
  expect(names(screened(belts, { isInForce: id => id !== idOf('DN-01') }).matches)).not.toContain(
    idOf('DN-01'),
  )
  const national = stories.get('DN-08')?.draft.nominal ?? {}
  const [party] = Object.values(national) as { name: string }[]
  const { matches } = screened({ description: 'goods', parties: [{ name: party?.name ?? '' }] })
  expect(names(matches)).not.toContain(idOf('DN-08'))
})

test('a corrected notice is met, says so, and is not red', () => {
  const { matches } = screened(belts, { as: { isCorrected: true } })
  const [match] = matches.filter(({ notice }) => notice === idOf('DN-01'))
  expect(match).toMatchObject({ lane: 'amber', summary: expect.stringContaining('corrected since') })
})

test('what was found to be in order is told and turns nothing away from green', () => {
  const { id, draft } = stories.get('DN-01') ?? {}
  const { notice } = draft === undefined ? {} : knownNotice(id ?? '', draft)
  const index = new NoticeIndex()
  if (notice !== undefined) index.put({ ...notice, keys: { ...notice.keys, isHarmless: true } })
  const against = { index, today: '2026-11-26', isJoined: () => true, isInForce: () => true }
  const { lane, matches } = screenOne(belts, { ...against, onlyNotices: true })
  expect(lane).toBe('green')
  expect(matches).toMatchObject([{ notice: id, lane: 'green', summary: expect.stringContaining('in order') }])
})

test('drills are marked and change no lane but a drill’s', () => {
  const drill = { as: { exercise: true } }
  const real = screened(belts, drill)
  expect([real.lane, real.exercise]).toEqual(['green', false])
  expect(real.matches.find(({ notice }) => notice === idOf('DN-01'))).toMatchObject({
    exercise: true,
    lane: 'red',
  })
  const inDrill = screened({ ...belts, exercise: true }, drill)
  expect([inDrill.lane, inDrill.exercise]).toEqual(['red', true])
})

test('a registration number, a container and a declaration are met whatever the spaces', () => {
  const seizure = [...stories.values()].find(
    ({ draft }) => (draft.body.transport as { container?: string } | undefined)?.container !== undefined,
  )
  const { container = '' } = (seizure?.draft.body.transport ?? {}) as { container?: string }
  const spacedOut = `${container.slice(0, 4)} ${container.slice(4, 10)}-${container.slice(10)}`
  const { matches } = screened({ description: 'goods', transport: { container: spacedOut.toLowerCase() } })
  expect(matches.find(({ notice }) => notice === seizure?.id)).toMatchObject({ lane: 'amber' })
})

test('a product that is called by common words alone is met by nothing, one with a word of its own is', () => {
  const { id = '', draft } = stories.get('PA-01') ?? {}
  const { notice } = draft === undefined ? {} : knownNotice(id, draft)
  const namedAs = (value: string) => {
    const index = new NoticeIndex()
    const products = [{ at: '/productName', value }]
    if (notice !== undefined) index.put({ ...notice, keys: { ...notice.keys, products } })
    const against = { index, today: '2026-11-26', isJoined: () => true, isInForce: () => true }
    return screenOne({ description: 'security equipment, Karvel grip' }, { ...against, onlyNotices: true })
      .lane
  }
  expect([namedAs('equipment'), namedAs('ab'), namedAs('Karvel grip')]).toEqual(['green', 'green', 'amber'])
})

test('neither drills nor what was found to be in order take the place of what counts', () => {
  const { id = '', draft } = stories.get('DN-01') ?? {}
  const { notice } = draft === undefined ? {} : knownNotice(id, draft)
  const index = new NoticeIndex()
  if (notice === undefined) throw new TypeError('The story is gone.')
  index.put(notice)
  const aliases = Array.from({ length: 12 }, () => depot.name)
  const nominal = { depot: { name: depot.name, aliases } }
  for (let at = 0; at < 30; at++) {
    const keys = { ...notice.keys, isHarmless: at % 2 === 0 }
    index.put({ ...notice, id: `${id} ${at}`, exercise: at % 2 === 1, nominal, keys })
  }
  const against = { index, today: '2026-11-26', isJoined: () => true, isInForce: () => true }
  const { lane, matches } = screenOne(belts, against)
  expect([lane, matches[0]?.notice]).toEqual(['red', id])
  const disputed = screenOne(belts, { ...against, isInForce: each => each === id })
  expect([disputed.lane, disputed.matches[0]?.notice]).toEqual(['red', id])
})

test('a listed good behind many words, and behind words of its name, is still found', () => {
  const filler = Array.from({ length: 400 }, (_, at) => `part${at}`).join(' ')
  expect(screened({ description: `${filler} thumbcuffs` }).lane).toBe('amber')
  expect(screened({ description: `${'table leg, '.repeat(30)}leg irons` }).lane).toBe('amber')
})

test('a code that does not fit is told, and lowers nothing', () => {
  const { lane, matches } = screened({ description: 'thiopental', hs: { code: '950300' } })
  expect(lane).toBe('amber')
  expect(matches[0]?.reasons.map(({ words }) => words).join(' ')).toContain('none under which')
})

test('at most twenty matches are given, the strongest first', () => {
  const { matches } = screened({
    description:
      'handcuffs, thumb cuffs, spiked baton, stun belt, gallows, net bed, water cannon, pepper spray, tonfa',
    hs: { code: '854370' },
    parties: [depot],
  })
  expect(matches.length).toBeLessThanOrEqual(20)
  expect(matches.map(({ score }) => score)).toEqual(matches.map(({ score }) => score).sort((a, b) => b - a))
})
