import { canonical } from '../canonical.ts'
import { type Change, danger, plain } from './changes-words.ts'
import type { Member, SigningKey } from './members.ts'

/** All that changes for one member; without it before, it is new. */
export function memberChanges(before: Member | undefined, now: Member): Change[] {
  return [
    ...(before === undefined ? admission(now) : standingChanges(before, now)),
    ...channelChanges(before, now),
    ...now.signing.flatMap(key =>
      keyChanges({
        member: now,
        key,
        was: before?.signing.find(({ kid }) => kid === key.kid),
        spoken: before?.signing.flatMap(({ from }) => Object.keys(from)) ?? [],
      }),
    ),
    ...droppedKeys(before, now),
    ...recoveryChanges(before, now),
    ...nodeChanges(before, now),
    ...contactChanges(before, now),
  ]
}

function admission({ id, names, kind, status }: Member): Change[] {
  const change = plain(
    id,
    'member-added',
    { names: namesText(names), kind, status },
    `${namesText(names)} is new as ${id}: ${kind}, ${status}.`,
  )
  return [{ ...change, danger: status !== 'active' }]
}

function standingChanges(before: Member, { id, names, kind, status }: Member): Change[] {
  return [
    ...(before.status === status
      ? []
      : [
          danger(
            id,
            'status',
            { status, before: before.status },
            `${id} is ${status}; before, it was ${before.status}.`,
          ),
        ]),
    ...(canonical(before.names) === canonical(names)
      ? []
      : [
          plain(
            id,
            'names',
            { names: namesText(names), before: namesText(before.names) },
            `${id} is named ${namesText(names)}; before, ${namesText(before.names)}.`,
          ),
        ]),
    ...(before.kind === kind
      ? []
      : [
          danger(
            id,
            'kind',
            { kind, before: before.kind },
            `${id} is of kind ${kind}; before, ${before.kind}.`,
          ),
        ]),
  ]
}

function channelChanges(before: Member | undefined, { id, channels }: Member): Change[] {
  const was = before?.channels ?? []
  return [
    ...channels
      .filter(name => !was.includes(name))
      .map(name => plain(id, 'channel-joined', { channel: name }, `${id} joins ${name}.`)),
    ...was
      .filter(name => !channels.includes(name))
      .map(name => danger(id, 'channel-left', { channel: name }, `${id} leaves ${name}.`)),
  ]
}

interface KeyChange {
  member: Member
  key: SigningKey
  was: SigningKey | undefined
  /** Channels in which the member had a key before. */
  spoken: readonly string[]
}

function keyChanges({ member: { id }, key, was, spoken }: KeyChange): Change[] {
  const { kid, from, end, reason } = key
  const gained = Object.entries(from).filter(([channel, seq]) => was?.from[channel] !== seq)
  const ended =
    end === undefined || (was?.end && canonical(was.end) === canonical(end)) ? [] : Object.entries(end)
  const isOverlong =
    was === undefined && gained.some(([channel, seq]) => seq === 1 && spoken.includes(channel))
  return [
    ...(gained.length === 0
      ? []
      : [
          {
            ...plain(
              id,
              was ? 'key-extended' : 'key-added',
              { kid, places: gained.map(([channel, seq]) => ({ channel, seq })) },
              `${id} may sign with key ${kid}, ${fromText(gained)}.`,
            ),
            danger: isOverlong,
          },
        ]),
    ...(ended.length === 0
      ? []
      : [
          danger(
            id,
            'key-ended',
            {
              kid,
              places: ended.map(([channel, place]) => ({ channel, ...place })),
              ...(reason !== undefined && { reason }),
            },
            `Key ${kid} of ${id} ends: ${ended.map(endText).join('; ')}${reasonText(reason)}.`,
          ),
        ]),
    ...(ended.length > 0 || was === undefined || was.reason === reason
      ? []
      : [
          plain(
            id,
            'key-reason',
            { kid, ...(reason !== undefined && { reason }) },
            `Of key ${kid} of ${id} is said: ${reason ?? 'nothing any more'}.`,
          ),
        ]),
    ...(was?.end && end === undefined
      ? [danger(id, 'key-reopened', { kid }, `Key ${kid} of ${id} has lost its end.`)]
      : []),
  ]
}

function fromText(places: readonly (readonly [string, number])[]): string {
  return places.map(([channel, seq]) => `from place ${seq} in ${channel}`).join(' and ')
}

function endText([channel, { seq, id }]: [string, { seq: number; id: string | null }]): string {
  return id === null ? `in ${channel} it signed nothing` : `in ${channel} at place ${seq} with notice ${id}`
}

function reasonText(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`
}

function droppedKeys(before: Member | undefined, { id, signing }: Member): Change[] {
  return (before?.signing ?? [])
    .filter(({ kid }) => !signing.some(key => key.kid === kid))
    .map(({ kid }) => danger(id, 'key-dropped', { kid }, `Key ${kid} of ${id} is not listed any more.`))
}

function recoveryChanges(before: Member | undefined, { id, recovery }: Member): Change[] {
  const was = before?.recovery ?? []
  const isIn = (keys: Member['recovery'], kid: string) => keys.some(key => key.kid === kid)
  return [
    ...recovery
      .filter(({ kid }) => !isIn(was, kid))
      .map(({ kid }) => ({
        ...plain(id, 'recovery-added', { kid }, `${id} may stop its keys with recovery key ${kid}.`),
        danger: before !== undefined,
      })),
    ...was
      .filter(({ kid }) => !isIn(recovery, kid))
      .map(({ kid }) =>
        danger(id, 'recovery-removed', { kid }, `Recovery key ${kid} of ${id} counts no more.`),
      ),
  ]
}

function nodeChanges(before: Member | undefined, { id, nodes }: Member): Change[] {
  const was = before?.nodes ?? []
  const find = (all: Member['nodes'], peerId: string) => all.find(node => node.peerId === peerId)
  return [
    ...nodes.flatMap(({ peerId, addrs }): Change[] => {
      const known = find(was, peerId)
      const where = addrs.length === 0 ? 'with no address' : `at ${addrs.join(' and ')}`
      if (known === undefined) {
        const change = plain(
          id,
          'node-added',
          { node: peerId, addresses: addrs },
          `${id} connects as ${peerId}, ${where}.`,
        )
        return [{ ...change, danger: before !== undefined }]
      }
      return canonical(known.addrs) === canonical(addrs)
        ? []
        : [
            plain(
              id,
              'address',
              { node: peerId, addresses: addrs },
              `The node ${peerId} of ${id} is reached ${where}.`,
            ),
          ]
    }),
    ...was
      .filter(({ peerId }) => find(nodes, peerId) === undefined)
      .map(({ peerId }) =>
        danger(id, 'node-removed', { node: peerId }, `${id} connects no more as ${peerId}.`),
      ),
  ]
}

function contactChanges(before: Member | undefined, { id, contacts }: Member): Change[] {
  if (before !== undefined && canonical(before.contacts) === canonical(contacts)) return []
  if (before === undefined && contacts.length === 0) return []
  const said = contacts.map(({ role, email, telephone }) =>
    [role, email, telephone].filter(Boolean).join(' '),
  )
  return [plain(id, 'contacts', { contacts: said }, `Contacts of ${id}: ${said.join('; ') || 'none'}.`)]
}

function namesText({ en, ...others }: Member['names']): string {
  const more = Object.entries(others).map(([language, name]) => `${language}: ${name}`)
  return more.length === 0 ? en : `${en} (${more.join(', ')})`
}
