import { canonical, isObject } from '../canonical.ts'
import { sha256 } from '../sha256.ts'
import { memberChanges } from './changes-member.ts'
import { type Change, danger, plain } from './changes-words.ts'
import { type Members, parseMembers } from './members.ts'
import { parseRoot, type Root } from './root.ts'

/** All that a members document changes; without one before, it founds a network. */
export function changesBetween(before: string | undefined, after: string): Change[] {
  const next = parseMembers(after)
  const last = before === undefined ? undefined : parseMembers(before)
  const members = next.members.flatMap(member =>
    memberChanges(
      last?.members.find(({ id }) => id === member.id),
      member,
    ),
  )
  const dropped = (last?.members ?? []).filter(({ id }) => !next.members.some(member => member.id === id))
  return [
    ...documentChanges(last, next),
    ...members,
    ...dropped.map(({ id }) => danger(id, 'member-dropped', {}, `${id} is not listed any more.`)),
    ...manyChanged(last, members),
    ...chainChanges(before, last, next),
    ...unknownChanges({ before, after, last, next }),
  ]
}

/** All that a root changes; without one before, it founds a network. */
export function rootChanges(before: string | undefined, after: string): Change[] {
  const next = parseRoot(after)
  const last = before === undefined ? undefined : parseRoot(before)
  return [
    ...coordinatorChanges(last, next),
    ...thresholdChanges(last, next),
    ...dateChanges('root', last?.expires, next.expires),
    ...unknownChanges({ before, after, last, next }),
  ]
}

function documentChanges(before: Members | undefined, { channels, ...now }: Members): Change[] {
  const names = [...new Set([...Object.keys(before?.channels ?? {}), ...Object.keys(channels)])]
  const changed = names.filter(
    name => canonical(before?.channels[name] ?? null) !== canonical(channels[name] ?? null),
  )
  return [
    ...changed.map(name => {
      const listed = channels[name]
      const words = listed ? `is ${listed.optIn ? 'for those who join it' : 'for all'}` : 'ends'
      const of = listed ? (listed.optIn ? 'joined' : 'all') : 'nobody'
      return {
        ...plain('registry', 'channel', { channel: name, of }, `The channel ${name} ${words}.`),
        danger: before !== undefined,
      }
    }),
    ...(before && before.rootVersion !== now.rootVersion
      ? [
          plain(
            'registry',
            'root',
            { version: now.rootVersion, before: before.rootVersion },
            `It stands under root ${now.rootVersion}; before, under root ${before.rootVersion}.`,
          ),
        ]
      : []),
    ...(before?.issued === now.issued
      ? []
      : [plain('registry', 'issued', { day: now.issued }, `It is issued on ${now.issued}.`)]),
    ...dateChanges('members', before?.expires, now.expires),
  ]
}

function dateChanges(document: 'root' | 'members', before: string | undefined, day: string): Change[] {
  if (before === day) return []
  const was = before === undefined ? '' : ` (before: ${before})`
  const what = document === 'root' ? 'The root' : 'The members document'
  const text = `${what} expires on ${day}${was}.`
  const values = { document, day, ...(before !== undefined && { before }) }
  return [{ ...plain('registry', 'expires', values, text), danger: before !== undefined && day < before }]
}

/** One document usually does one thing: more than one member changed may hide what was not talked about. */
function manyChanged(before: Members | undefined, changes: readonly Change[]): Change[] {
  const changed = [...new Set(changes.map(({ about }) => about))]
  if (before === undefined || changed.length < 2) return []
  return [
    danger(
      'registry',
      'several-members',
      { members: changed },
      `It changes ${changed.length} participants at once: ${changed.join(', ')}.`,
    ),
  ]
}

function chainChanges(text: string | undefined, before: Members | undefined, now: Members): Change[] {
  if (text === undefined || before === undefined) return []
  if (now.version > before.version + 1) {
    const between = `Versions between ${before.version} and ${now.version} are not known here: import them first, to see what they changed.`
    return [danger('registry', 'versions-skipped', { version: now.version, before: before.version }, between)]
  }
  if (now.prevHash === sha256(text)) return []
  return [danger('registry', 'chain-broken', {}, 'It does not follow the document in force.')]
}

function coordinatorChanges(before: Root | undefined, now: Root): Change[] {
  const has = (root: Root | undefined, kid: string) => root?.coordinators.some(each => each.kid === kid)
  const added = now.coordinators.filter(({ kid }) => !has(before, kid))
  const removed = (before?.coordinators ?? []).filter(({ kid }) => !has(now, kid))
  const renamed = now.coordinators.flatMap(({ id, kid }) => {
    const was = before?.coordinators.find(each => each.kid === kid)?.id
    return was === undefined || was === id ? [] : [{ id, kid, was }]
  })
  const isFirst = before === undefined
  return [
    ...added.map(({ id, kid }) => ({
      ...plain(
        'registry',
        'coordinator-added',
        { coordinator: id, kid },
        `${id} is a coordinator, with key ${kid}.`,
      ),
      danger: !isFirst,
    })),
    ...removed.map(({ id, kid }) =>
      danger(
        'registry',
        'coordinator-removed',
        { coordinator: id, kid },
        `${id} is no coordinator any more with key ${kid}.`,
      ),
    ),
    ...renamed.map(({ id, kid, was }) =>
      danger(
        'registry',
        'coordinator-renamed',
        { coordinator: id, kid, before: was },
        `Key ${kid} is that of ${id}; before, of ${was}.`,
      ),
    ),
  ]
}

function thresholdChanges(before: Root | undefined, { threshold, coordinators }: Root): Change[] {
  const of = new Set(coordinators.map(({ id }) => id)).size
  if (before?.threshold === threshold) return []
  const was = before === undefined ? '' : ` (before: ${before.threshold})`
  const text = `${threshold} of ${of} coordinators must sign${was}.`
  const values = { threshold, of, ...(before !== undefined && { before: before.threshold }) }
  const isLower = before !== undefined && threshold < before.threshold
  return [{ ...plain('registry', 'threshold', values, text), danger: isLower || threshold < 2 }]
}

interface Compared {
  before: string | undefined
  after: string
  last: Members | Root | undefined
  next: Members | Root
}

/** What a later version of the protocol may have added: nobody should sign what this version cannot read. */
function unknownChanges({ before, after, last, next }: Compared): Change[] {
  const held = before === undefined ? [] : unreadIn(JSON.parse(before), last, '')
  return unreadIn(JSON.parse(after), next, '')
    .filter(each => !held.includes(each))
    .map(each =>
      danger(
        'registry',
        'unknown',
        { what: each },
        `It says something that this version cannot read: ${each}.`,
      ),
    )
}

/** "pointer = JSON" of all that stands in the text and not in what was read of it. */
function unreadIn(text: unknown, read: unknown, pointer: string): string[] {
  if (Array.isArray(text)) {
    return text.flatMap((each, at) =>
      unreadIn(each, Array.isArray(read) ? read[at] : undefined, `${pointer}/${at}`),
    )
  }
  if (!isObject(text)) return []
  return Object.entries(text).flatMap(([name, value]) =>
    isObject(read) && Object.hasOwn(read, name)
      ? unreadIn(value, read[name], `${pointer}/${name}`)
      : [`${pointer}/${name} = ${canonical(value)}`],
  )
}
