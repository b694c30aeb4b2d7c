import { type Category, channelOfCategory, membersIn } from '#protocol'
import type { Desk } from '../../desk/desk.ts'
import type { Answers } from '../../desk/drafting.ts'
import type { Office } from '../office.ts'
import type { Work } from './work.ts'

/** Who may read one part of a draft once it is a notice. */
export interface PartReaders {
  part: string
  /** Absent while nobody has chosen. */
  to: 'channel' | 'named' | undefined
  /** Codes of participants, ourselves left out, in the order of the registry. */
  readers: readonly string[]
  /** The last day anyone may keep it, YYYY-MM-DD. */
  until: string | undefined
}

export interface Audience {
  channel: string
  /** The other participants that have joined the channel now. */
  members: readonly string[]
  parts: readonly PartReaders[]
}

/** Of a draft: where its goods name no channel, it is that of the notice that it answers. */
export async function audienceOfWork(
  { desk }: Office,
  { answers }: Pick<Work, 'answers'>,
): Promise<Audience> {
  const id = answers['/refs/0/id']?.[0]
  const about = id === undefined ? undefined : await desk.notices.find(id, { nominal: false })
  return audienceOf(answers, desk, { answered: about?.channel })
}

type Registered = Pick<Desk, 'registry' | 'member'>

/** Exactly who will see what, by the registry that is in force now. */
function audienceOf(
  answers: Answers,
  desk: Registered,
  { answered }: { answered?: string | undefined } = {},
): Audience {
  const channel = channelOf(answers) ?? answered ?? 'torture'
  const members = membersIn(desk.registry(), channel).flatMap(({ id }) => (id === desk.member ? [] : [id]))
  const named = Object.entries(answers)
    .filter(([name]) => name.startsWith('/readers/'))
    .flatMap(([, texts]) => texts)
  const parts = partNames
    .filter(part => part === 'body' || hasNames(answers))
    .map(part => {
      const to = audienceWord(answers[`/parts/${part}/to`]?.[0])
      const readers =
        to === 'named' ? members.filter(id => named.includes(id)) : to === 'channel' ? members : []
      return { part, to, readers, until: answers[`/parts/${part}/until`]?.[0] || undefined }
    })
  return { channel, members, parts }
}

const partNames = ['body', 'nominal']

export function hasNames(answers: Answers): boolean {
  return Object.entries(answers).some(([name, texts]) => name.startsWith('/nominal/') && texts.some(Boolean))
}

function channelOf(answers: Answers): string | undefined {
  const categories = Object.entries(answers)
    .filter(([name]) => /\/goods\/\d+\/category$/.test(name))
    .flatMap(([, texts]) => texts.filter(Boolean))
  const [first] = categories
  return first === undefined ? undefined : channelOfCategory(first as Category)
}

function audienceWord(text: string | undefined): 'channel' | 'named' | undefined {
  return text === 'channel' || text === 'named' ? text : undefined
}
