import { describe, expect, it } from 'vitest'
import { canonical } from '../../../protocol/canonical.ts'
import {
  changesBetween,
  foundRoot,
  type LastPlaces,
  type Members,
  proposeEnd,
  proposeRequest,
  proposeRoot,
  proposeStatus,
  type Root,
  rootChanges,
} from '../../../protocol/registry/index.ts'
import { keysOfMember, peerIdOf } from '../../../scripts/alliance.ts'
import { coordinators, found, get, listed, successor } from './builders.ts'
import { joinRequest, otherKey, registered, requestOf } from './requests.ts'

const { registry } = await found({ addrs: { QM: ['/ip4/127.0.0.1/tcp/9000'] } })
const before = registry.signedMembers.document
const rootText = get(registry.roots, 0).signed.document
const dates = { issued: '2026-06-01' }
const id = 'B'.repeat(43)
const ends: LastPlaces = { torture: { seq: 41, id }, capital: { seq: 0, id: null } }
const kid = get(get(registry.members.members, 0).signing, 0).kid
const nextKey = registered(otherKey('QM'))
const thirdNode = await peerIdOf(keysOfMember('test', 'XK').node)

/** What is told of the document in force, changed like this: "about kind", and "!" for a danger. */
function toldOf(change: (members: Members) => void): string[] {
  return told(canonical(successor(registry, change)))
}

function told(after: string): string[] {
  return changesBetween(before, after).map(spelled)
}

function toldOfRoot(change: (root: Root) => void): string[] {
  const root: Root = structuredClone(registry.root)
  change(root)
  return rootChanges(rootText, canonical(root)).map(spelled)
}

function spelled({ about, kind, danger }: { about: string; kind: string; danger: boolean }): string {
  return `${about} ${kind}${danger ? '!' : ''}`
}

const qm = (members: Members) => get(members.members, 0)
const key = (members: Members) => get(qm(members).signing, 0)

describe('what a members document changes', () => {
  it.each<[string[], (members: Members) => void]>([
    [[], () => {}],
    [['registry issued'], next => Object.assign(next, { issued: '2026-06-01' })],
    [['registry expires'], next => Object.assign(next, { expires: '2038-01-01' })],
    [['registry expires!'], next => Object.assign(next, { expires: '2030-01-01' })],
    [['registry root'], next => Object.assign(next, { rootVersion: 2 })],
    [['registry channel!'], next => Object.assign(next.channels, { other: { optIn: true } })],
    [['registry versions-skipped!'], next => Object.assign(next, { version: 5 })],
    [['registry chain-broken!'], next => Object.assign(next, { prevHash: 'A'.repeat(43) })],
    [['QM names'], next => Object.assign(qm(next).names, { en: 'Quill' })],
    [['QM kind!'], next => Object.assign(qm(next), { kind: 'observer' })],
    [['QM contacts'], next => Object.assign(qm(next), { contacts: [] })],
    [['QM address'], next => get(qm(next).nodes, 0).addrs.push('/ip4/127.0.0.1/tcp/9001')],
    [['QM node-added!'], next => qm(next).nodes.push({ peerId: thirdNode, addrs: [] })],
    [['QM node-removed!'], next => Object.assign(qm(next), { nodes: [] })],
    [['QM recovery-added!'], next => qm(next).recovery.push(nextKey)],
    [['QM recovery-removed!'], next => Object.assign(qm(next), { recovery: [] })],
    [['QM key-added'], next => qm(next).signing.push({ ...nextKey, from: { torture: 42 } })],
    [['QM key-added!'], next => qm(next).signing.push({ ...nextKey, from: { torture: 1 } })],
    [['QM key-ended!'], next => Object.assign(key(next), { end: ends })],
    [['QM key-reason'], next => Object.assign(key(next), { reason: 'replaced' })],
    [
      ['QM status!', 'QM key-ended!'],
      next => Object.assign(qm(next), { status: 'left' }) && Object.assign(key(next), { end: ends }),
    ],
    [
      ['QM names', 'XE names', 'registry several-members!'],
      next => next.members.map(each => Object.assign(each.names, { en: 'Other' })),
    ],
    [['QM member-dropped!'], next => next.members.shift()],
    [['QM key-dropped!'], next => Object.assign(qm(next), { signing: [] })],
  ])('%j', (expected, change) => {
    expect(toldOf(change)).toEqual(expected)
  })

  it('is told of a key that has lost its end, or gained a channel', () => {
    const ended = proposeEnd(registry, { member: 'QM', kid, ends, reason: 'lost', dates })
    const reopened = JSON.parse(ended) as Members
    delete key(reopened).end
    expect(changesBetween(ended, canonical(reopened)).map(spelled)).toContain('QM key-reopened!')
    const wish = requestOf(registry, 'XE', { purpose: 'channels', channels: ['torture', 'capital'] })
    expect(told(proposeRequest(registry, { request: wish, dates }))).toEqual([
      'registry issued',
      'XE channel-joined',
      'XE key-extended',
    ])
  })

  it('names keys, places and reasons in its words', async () => {
    const texts = (after: string) =>
      changesBetween(before, after)
        .map(({ text }) => text)
        .join('\n')
    const ended = texts(proposeEnd(registry, { member: 'QM', kid, ends, reason: 'It was stolen', dates }))
    for (const word of [kid, id, '41', 'torture', 'It was stolen']) expect(ended).toContain(word)
    const request = await joinRequest(registry)
    const joined = texts(proposeRequest(registry, { request, dates }))
    for (const word of [
      'Kestrelia',
      'XK',
      request.signing.kid,
      request.recovery.kid,
      thirdNode,
      'tcp/9007',
    ]) {
      expect(joined).toContain(word)
    }
  })

  it('is dangerous where it silences a member, not where it admits one', async () => {
    const request = await joinRequest(registry)
    const admitted = changesBetween(before, proposeRequest(registry, { request, dates }))
    expect(admitted.filter(({ danger }) => danger)).toEqual([])
    const suspended = proposeStatus(registry, { member: 'QM', status: 'suspended', ends, reason: 'x', dates })
    expect(told(suspended)).toEqual(['registry issued', 'QM status!', 'QM key-ended!'])
  })

  it('holds all that this version cannot read, once', () => {
    const later = (members: Members) => Object.assign(qm(members), { later: { a: 1 } })
    expect(toldOf(later)).toEqual(['registry unknown!'])
    const held = canonical(successor(registry, later))
    const again = JSON.parse(held) as Members
    Object.assign(again, { version: 3 })
    expect(changesBetween(held, canonical(again)).map(spelled)).toEqual(['registry chain-broken!'])
  })

  it('leaves out no text, number or list that can change', () => {
    const paths = leavesOf(JSON.parse(canonical(successor(registry))))
    const silent = paths.filter(path => {
      const changed = JSON.parse(canonical(successor(registry)))
      return isSilent(changeAt(changed, path))
    })
    expect(paths.length).toBeGreaterThan(40)
    expect(silent).toEqual([])
  })
})

/** Whether a document that can be read tells nothing. */
function isSilent(value: unknown): boolean {
  try {
    return told(canonical(value)).length === 0
  } catch {
    return false
  }
}

function leavesOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, [...path, name]))
}

/** The value with another text, number or truth at this place, of the same form. */
function changeAt(value: Record<string, unknown>, [first = '', ...more]: string[]): unknown {
  const inner = value[first]
  if (more.length > 0) changeAt(inner as Record<string, unknown>, more)
  else if (typeof inner === 'number') value[first] = inner + 1
  else if (typeof inner === 'boolean') value[first] = !inner
  else if (typeof inner === 'string') value[first] = otherText(inner)
  return value
}

function otherText(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return '2033-03-03'
  if (text === 'torture' || text === 'capital') return text === 'torture' ? 'capital' : 'torture'
  if (text === 'state') return 'observer'
  if (text === 'active') return 'left'
  return text.endsWith('A') ? `${text.slice(0, -1)}E` : `${text.slice(0, -1)}A`
}

describe('what founds a network', () => {
  it('is told whole', () => {
    expect(changesBetween(undefined, before).map(({ kind }) => kind)).toEqual([
      ...['channel', 'channel', 'issued', 'expires'],
      ...[
        'member-added',
        'channel-joined',
        'channel-joined',
        'key-added',
        'recovery-added',
        'node-added',
        'contacts',
      ],
      ...['member-added', 'channel-joined', 'key-added', 'recovery-added', 'node-added', 'contacts'],
    ])
    const kinds = rootChanges(undefined, rootText).map(({ kind }) => kind)
    expect(kinds).toEqual([...Array(5).fill('coordinator-added'), 'threshold', 'expires'])
    expect(
      [...changesBetween(undefined, before), ...rootChanges(undefined, rootText)].filter(
        ({ danger }) => danger,
      ),
    ).toEqual([])
  })

  it('is dangerous where one person alone decides', () => {
    const text = foundRoot({ coordinators: registry.root.coordinators, threshold: 1, expires: '2036-01-01' })
    expect(
      rootChanges(undefined, text)
        .filter(({ danger }) => danger)
        .map(spelled),
    ).toEqual(['registry threshold!'])
  })
})

describe('what a root changes', () => {
  it.each<[string[], (root: Root) => void]>([
    [[], () => {}],
    [['registry threshold!'], root => Object.assign(root, { threshold: 2 })],
    [['registry threshold'], root => Object.assign(root, { threshold: 4 })],
    [['registry expires!'], root => Object.assign(root, { expires: '2030-01-01' })],
    [['registry coordinator-added!'], root => root.coordinators.push(...coordinators(6).map(listed))],
    [['registry coordinator-removed!'], root => root.coordinators.pop()],
    [['registry coordinator-renamed!'], root => Object.assign(get(root.coordinators, 0), { id: 'other' })],
    [['registry unknown!'], root => Object.assign(root, { later: true })],
  ])('%j', (expected, change) => {
    expect(toldOfRoot(change)).toEqual(expected)
  })

  it('tells of a coordinator with another key as one that goes and one that comes', () => {
    const other = { ...get(coordinators(6).map(listed), 0), id: 'coordinator-1' }
    const text = proposeRoot(registry, { add: [other], remove: ['coordinator-1'] })
    expect(rootChanges(rootText, text).map(({ kind }) => kind)).toEqual([
      'coordinator-added',
      'coordinator-removed',
    ])
  })
})
