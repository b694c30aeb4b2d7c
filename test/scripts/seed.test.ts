import { describe, expect, test } from 'vitest'
import { channelOfGoods } from '../../protocol/channels.ts'
import type { Draft } from '../../protocol/draft.ts'
import { findNoticeType } from '../../protocol/notices/index.ts'
import { parseDraft } from '../../protocol/parse-draft.ts'
import { sha256 } from '../../protocol/sha256.ts'
import { idKey, seedStories } from '../../scripts/seed/index.ts'

/** The stories in order, each draft made with the ids of those before it only. */
function tellAll(): Map<string, Draft[]> {
  const ids: Record<string, string> = {}
  return new Map(
    seedStories.map(({ story, drafts }) => [
      story,
      drafts.map((make, place) => {
        const made = make(ids)
        ids[idKey(story, place)] = sha256(idKey(story, place))
        return made
      }),
    ]),
  )
}

const told = tellAll()
const of = (story: string) => told.get(story) ?? []
const typesOf = (story: string) => of(story).map(({ type }) => type)
const channelOf = (draft: Draft) =>
  channelOfGoods(findNoticeType(draft.type)?.keys(draft.body).category ?? [])

describe('the seed', () => {
  test('tells all 25 stories', () => {
    const numbered = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => `${name}-${String(at + 1).padStart(2, '0')}`)
    expect([...told.keys()].toSorted()).toEqual([
      ...numbered('DN', 10),
      ...numbered('PA', 8),
      ...numbered('TF', 7),
    ])
  })

  for (const [story, drafts] of told) {
    test(`${story} is complete, valid and a drill`, () => {
      for (const draft of drafts) {
        expect(parseDraft(draft)).toEqual(draft)
        expect(draft.exercise).toBe(true)
      }
    })
  }

  test('is issued by the participant of its references', () => {
    for (const { story, issuer } of seedStories) {
      const [first] = of(story)
      expect(first?.body.networkRef).toMatch(new RegExp(`^${issuer}-`))
    }
  })

  test('gives no network reference twice', () => {
    const references = [...told.values()].flat().flatMap(({ body }) => body.networkRef ?? [])
    expect(references).toEqual([...new Set(references)])
  })

  test('tells DN-10 as a denial, its correction and its withdrawal', () => {
    expect(typesOf('DN-10')).toEqual(['denial', 'correction', 'withdrawal'])
    expect(of('DN-10').map(({ refs }) => refs)).toEqual([
      undefined,
      [{ id: sha256('DN-10'), rel: 'corrects' }],
      [{ id: sha256('DN-10'), rel: 'withdraws' }],
    ])
  })

  test('closes the false alarms PA-06 and TF-07 by a follow-up', () => {
    expect(typesOf('PA-06')).toEqual(['alert', 'follow-up'])
    expect(typesOf('TF-07')).toEqual(['sighting', 'follow-up'])
    for (const story of ['PA-06', 'TF-07'])
      expect(of(story)[1]?.body).toMatchObject({ of: sha256(story), finding: 'not-covered' })
  })

  test('keeps goods for executions in their own channel, and all else out of it', () => {
    const capital = [...told].filter(([, [first]]) => first && channelOf(first) === 'capital')
    expect(capital.map(([story]) => story)).toEqual(['DN-05', 'PA-08'])
  })

  test('refers only to earlier stories of the same channel', () => {
    const channels = new Map([...told].map(([story, [first]]) => [sha256(story), first && channelOf(first)]))
    const all = [...told.values()].flatMap(([first]) =>
      (first?.refs ?? []).map(({ id }) => [channelOf(first as Draft), channels.get(id)]),
    )
    expect(all).toEqual([
      ['torture', 'torture'],
      ['torture', 'torture'],
      ['torture', 'torture'],
      ['torture', 'torture'],
    ])
  })

  test('marks the refusal that is no denial, and the one whose look-back is over', () => {
    expect(of('DN-08')[0]?.body.nationalProhibition).toBe(true)
    expect(of('DN-09')[0]?.body).toMatchObject({ validity: { lookbackUntil: '2025-09-30' } })
  })

  test('names no party in the body or in a summary', () => {
    for (const draft of [...told.values()].flat()) {
      const names = Object.values(draft.nominal ?? {}).map(party => (party as { name: string }).name)
      const seen = JSON.stringify(draft.body) + findNoticeType(draft.type)?.summary(draft.body)
      for (const name of names) expect(seen).not.toContain(name)
    }
  })
})
