import { createHash } from 'node:crypto'
import { findNoticeType, type NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { lookoutObjects } from './stix-indicator.ts'
import type { StixContext } from './stix-notice.ts'
import { type StixObject, uuid5 } from './stix-object.ts'
import { seenObjects } from './stix-seen.ts'
import { prelude } from './stix-shared.ts'

type Mapping = (view: NoticeView, context: StixContext) => Promise<StixObject[]>

const mappings: Record<NonNullable<NoticeType['intelligence']>, Mapping> = {
  lookout: lookoutObjects,
  seen: seenObjects,
}

/** A bundle of OASIS STIX 2.1, an object a line, each once and after those that it refers to. */
export async function* stixText(
  views: AsyncIterable<NoticeView>,
  context: StixContext,
): AsyncGenerator<string> {
  const written = new Set<string>()
  const digest = createHash('sha256')
  let between = '\n'
  const textOf = (object: StixObject): string => {
    if (written.has(object.id)) return ''
    written.add(object.id)
    const json = JSON.stringify(object)
    digest.update(json)
    const text = `${between}${json}`
    between = ',\n'
    return text
  }
  yield '{"type":"bundle","objects":['
  yield prelude().map(textOf).join('')
  for await (const view of views) {
    const intelligence = findNoticeType(view.type, context.types)?.intelligence
    if (intelligence === undefined) continue
    const objects = await mappings[intelligence](view, context)
    yield objects.map(textOf).join('')
  }
  yield `\n],"id":"bundle--${uuid5(digest.digest('hex'))}"}\n`
}
