import type { NoticePointer, ToldNotice } from '../subscription.ts'
import type { DeliveryOptions } from './options.ts'

/** The notice where what it says may stand elsewhere; else only that it came. */
export function pointerOr(
  notice: ToldNotice,
  { isToldElsewhere }: Pick<DeliveryOptions['notices'], 'isToldElsewhere'>,
): ToldNotice | NoticePointer {
  if (isToldElsewhere(notice.id)) return notice
  return { id: notice.id, exercise: notice.exercise, isReadHereOnly: true }
}
