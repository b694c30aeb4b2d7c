import { findGoods, isObject } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import type { aboutIn } from './report-fields.ts'

const most = 6

/** Codes under which what was matched usually travels: proposed, and never filled in, for nobody declared them. */
export function usualCodes(about: ReturnType<typeof aboutIn>, notice: NoticeView | undefined): string[] {
  const goods = objectsAt(notice, 'goods')
  const items = about && 'item' in about ? [about.item] : goods.flatMap(({ itemId }) => itemId ?? [])
  const codes = [
    ...goods.map(({ hs }) => (isObject(hs) ? hs.code : undefined)),
    ...objectsAt(notice, 'hsLikely').map(({ code }) => code),
    ...items.flatMap(item => codesOf(String(item))),
  ]
  return [...new Set(codes.filter(code => typeof code === 'string'))].slice(0, most)
}

function objectsAt(notice: NoticeView | undefined, field: string) {
  const found = notice?.body?.[field]
  return Array.isArray(found) ? found.filter(isObject) : []
}

function codesOf(item: string): string[] {
  const goods = findGoods(item)
  return goods?.kind === 'listed' ? goods.hsCodes.map(code => code.slice(0, 6)) : []
}
