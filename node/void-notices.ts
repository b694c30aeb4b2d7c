import type { NoticeType, Registry } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { contentOf, findingsOf, fold } from './content.ts'
import type { NoticeQuery } from './desk/desk.ts'
import type { Store } from './store/index.ts'

export interface VoidNoticesOptions {
  store: Pick<Store, 'notices'>
  types: readonly NoticeType[]
  registry: () => Registry
}

/** Those that meet this, newest first: they are in no index, and few are kept of a key. */
export function voidNotices(options: VoidNoticesOptions, query: Omit<NoticeQuery, 'limit'>): KeptNotice[] {
  const { notices } = options.store
  const keys = options.registry().members.members.flatMap(({ signing }) => signing)
  return keys
    .flatMap(({ kid }) => notices.voidIds(kid))
    .flatMap(id => notices.find(id) ?? [])
    .filter(kept => meets(kept, query, options))
    .toSorted((one, other) => other.cursor - one.cursor)
}

function meets(
  { envelope, parts, receivedAt, cursor }: KeptNotice,
  { type, issuer, hs, goods, country, q, since, before }: Omit<NoticeQuery, 'limit'>,
  { types }: VoidNoticesOptions,
): boolean {
  const { keys, words } = findingsOf(envelope, parts, types)
  const wanted = fold(q ?? '').split(/\s+/)
  return (
    (type === undefined || contentOf(envelope, parts).type === type) &&
    (issuer === undefined || envelope.issuer === issuer) &&
    (hs === undefined || keys.hs.some(code => code.startsWith(hs))) &&
    (goods === undefined || keys.goods.includes(goods)) &&
    (country === undefined || keys.country.includes(country)) &&
    wanted.every(word => words.includes(word)) &&
    (since === undefined || receivedAt * 1000 >= Date.parse(since)) &&
    (before === undefined || cursor < before)
  )
}
