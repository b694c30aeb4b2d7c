import { goodsList } from '#protocol'

/** What the program fills in by itself: nobody is asked for it. */
const filledIn: readonly string[] = [
  'listId',
  'listVersion',
  'lang',
  'preparedBy',
  'releasedBy',
  'notifyBy',
  'lookbackUntil',
  'targetType',
]

/** Whether a field is asked; `also` are names that are not, in this form. */
export function isAsked(name: string, also: readonly string[] = []): boolean {
  return !filledIn.includes(name) && !also.includes(name)
}

/** Fields that hold the key of one of the parties of the same body. */
export const partyFields: readonly string[] = ['manufacturer', 'sellers']

/** By the name of a field: what stands there unless somebody says otherwise. */
export const usualByName: Record<string, string> = {
  listId: goodsList.id,
  listVersion: goodsList.version,
  edition: 'HS2022',
  ex: 'yes',
}

export function isUsual(name: string, text: string): boolean {
  return usualByName[name] === text
}

/** May be left out, and is what a reader asks for. */
export const neverFolded = ['citation']
