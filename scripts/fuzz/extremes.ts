import { canonical, limits } from '#protocol'
import { registry } from '../vectors/alliance.ts'
import type { Crasher } from './try-all.ts'

const what = 'as large as it may be, and made to take long'

function many<Value>(count: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => make(at))
}

/** Texts as large as they may be that ask for as much work as they can: mutations of good ones never grow so large. */
export function extremes(): Crasher[] {
  const members = registry.members
  const [first, ...others] = members.members
  const [node] = first?.nodes ?? []
  const [key] = first?.signing ?? []
  const nodes = many(limits.documentCommas / 2 - 100, () => ({ peerId: node?.peerId ?? '', addrs: [] }))
  const signing = many(limits.documentCommas / 8, () => key)
  const names = { en: 'a', ...Object.fromEntries(many(limits.documentCommas - 200, at => [`n${at}`, 'a'])) }
  const document = (change: object) =>
    canonical({ ...members, members: [{ ...first, ...change }, ...others] })
  const channels = Object.fromEntries(many(17_000, at => [`c${at}`, {}]))
  const heads = Object.fromEntries(many(4000, at => [`A${at}`, [1, 'A'.repeat(43)]]))
  const body = Object.fromEntries(many(8000, at => [`field${at}`, '\u202e']))
  return [
    { target: 'members', text: document({ nodes }), what },
    { target: 'members', text: document({ signing }), what },
    { target: 'members', text: document({ names }), what },
    { target: 'members', text: canonical({ ...members, more: 'x'.repeat(2_000_000) }), what },
    {
      target: 'members',
      text: canonical({ ...members, more: many(limits.documentCommas - 200, () => 1) }),
      what,
    },
    { target: 'frame of catch-up', text: JSON.stringify({ frame: 'frontier', frontier: channels }), what },
    {
      target: 'frame of catch-up',
      text: JSON.stringify({ frame: 'frontier', frontier: { torture: heads } }),
      what,
    },
    { target: 'draft', text: JSON.stringify({ type: 'denial', body, parts: {} }), what },
    { target: 'draft', text: JSON.stringify({ type: 'denial', body: {}, parts: body }), what },
  ]
}
