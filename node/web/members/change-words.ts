import type { Change, ChangedPlace, ChangeValues, Member } from '#protocol'
import { revealed } from '../components/revealed.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey, MessageValues } from '../words/messages.ts'

/** A message and its values. */
type Told = [key: MessageKey, values?: MessageValues]

type Telling = { [Kind in keyof ChangeValues]: (values: ChangeValues[Kind], visit: Visit) => Told }

const telling: Telling = {
  'member-added': ({ names, kind, status }, visit) => [
    'members.change.member-added',
    { names: isolated(names), kind: kindWords(kind, visit), status: statusWords(status, visit) },
  ],
  'member-dropped': () => ['members.change.member-dropped'],
  'several-members': ({ members }, { formats }) => [
    'members.change.several-members',
    { count: members.length, members: formats.list(members.map(isolated)) },
  ],
  status: ({ status, before }, visit) => [
    'members.change.status',
    { status: statusWords(status, visit), before: statusWords(before, visit) },
  ],
  names: ({ names, before }) => ['members.change.names', isolatedIn({ names, before })],
  kind: ({ kind, before }, visit) => [
    'members.change.kind',
    { kind: kindWords(kind, visit), before: kindWords(before, visit) },
  ],
  contacts: ({ contacts }, visit) => ['members.change.contacts', { contacts: listed(contacts, visit) }],
  'channel-joined': ({ channel }) => ['members.change.channel-joined', isolatedIn({ channel })],
  'channel-left': ({ channel }) => ['members.change.channel-left', isolatedIn({ channel })],
  'key-added': (values, visit) => ['members.change.key-added', keyValues(values, visit)],
  'key-extended': (values, visit) => ['members.change.key-extended', keyValues(values, visit)],
  'key-ended': ({ reason, ...values }, visit) =>
    reason === undefined
      ? ['members.change.key-ended', keyValues(values, visit)]
      : ['members.change.key-ended-reason', { ...keyValues(values, visit), reason: isolated(reason) }],
  'key-reason': ({ kid, reason }) =>
    reason === undefined
      ? ['members.change.key-reason-none', isolatedIn({ kid })]
      : ['members.change.key-reason', isolatedIn({ kid, reason })],
  'key-reopened': ({ kid }) => ['members.change.key-reopened', isolatedIn({ kid })],
  'key-dropped': ({ kid }) => ['members.change.key-dropped', isolatedIn({ kid })],
  'recovery-added': ({ kid }) => ['members.change.recovery-added', isolatedIn({ kid })],
  'recovery-removed': ({ kid }) => ['members.change.recovery-removed', isolatedIn({ kid })],
  'node-added': ({ node, addresses }, visit) => [
    'members.change.node-added',
    { node: isolated(node), addresses: listed(addresses, visit) },
  ],
  'node-removed': ({ node }) => ['members.change.node-removed', isolatedIn({ node })],
  address: ({ node, addresses }, visit) => [
    'members.change.address',
    { node: isolated(node), addresses: listed(addresses, visit) },
  ],
  channel: ({ channel, of }) => [channelKeys[of], isolatedIn({ channel })],
  root: ({ version, before }) => ['members.change.root', { version, before }],
  issued: ({ day }, { formats }) => ['members.change.issued', { day: formats.day(day) }],
  expires: ({ document, day, before }, { formats }) =>
    before === undefined
      ? [`members.change.expires-${document}`, { day: formats.day(day) }]
      : [`members.change.expires-${document}-before`, { day: formats.day(day), before: formats.day(before) }],
  threshold: ({ threshold, of, before }) =>
    before === undefined
      ? ['members.change.threshold', { threshold, of }]
      : ['members.change.threshold-before', { threshold, of, before }],
  'versions-skipped': ({ version, before }) => ['members.change.versions-skipped', { version, before }],
  'chain-broken': () => ['members.change.chain-broken'],
  'coordinator-added': values => ['members.change.coordinator-added', isolatedIn(values)],
  'coordinator-removed': values => ['members.change.coordinator-removed', isolatedIn(values)],
  'coordinator-renamed': values => ['members.change.coordinator-renamed', isolatedIn(values)],
  unknown: ({ what }) => ['members.change.unknown', isolatedIn({ what })],
}

const channelKeys = {
  all: 'members.change.channel-all',
  joined: 'members.change.channel-joiners',
  nobody: 'members.change.channel-ends',
} as const satisfies Record<ChangeValues['channel']['of'], MessageKey>

/** What a document changes, in the reader's language; codes and what others wrote are isolated in it. */
export function changeWords({ about, kind, values }: Change, visit: Visit): string {
  const [key, told] = telling[kind](values as never, visit)
  return visit.t(key, { about: isolated(about), ...told })
}

function keyValues({ kid, places }: { kid: string; places: ChangedPlace[] }, visit: Visit): MessageValues {
  return { kid: isolated(kid), places: visit.formats.list(places.map(each => placeWords(each, visit))) }
}

function placeWords({ channel, seq, id }: ChangedPlace, { t }: Visit): string {
  if (id === undefined) return t('members.change.place-from', { ...isolatedIn({ channel }), seq })
  if (id === null) return t('members.change.place-nothing', isolatedIn({ channel }))
  return t('members.change.place-end', { ...isolatedIn({ channel, id }), seq })
}

function kindWords(kind: Member['kind'], { t }: Visit): string {
  return t(`members.kind.${kind}`)
}

function statusWords(status: Member['status'], { t }: Visit): string {
  return t(`members.status.${status}`)
}

function listed(values: readonly string[], { t, formats }: Visit): string {
  return values.length === 0 ? t('members.change.none') : formats.list(values.map(isolated))
}

function isolatedIn(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isolated(value)]))
}

function isolated(text: string): string {
  return `\u2068${revealed(text)}\u2069`
}
