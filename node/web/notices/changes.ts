import { correctedBy, type JsonObject, type NoticeType } from '#protocol'
import { answers } from '../components/answered.ts'
import { bodyForm } from '../content/form.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import { directionOf } from '../words/languages.ts'
import { correctedBody } from './corrections.ts'
import { type Leaf, leavesOf } from './leaves.ts'
import { readStory, type Story } from './story.ts'

export interface Change {
  title: string
  was: string | undefined
  becomes: string | undefined
}

/** What stands otherwise because of it, side by side. */
export function Changes({ changes, visit: { t, language } }: { changes: readonly Change[]; visit: Visit }) {
  if (changes.length === 0) return null
  const arrow = directionOf(language) === 'rtl' ? '←' : '→'
  const side = (text: string | undefined) =>
    text === undefined ? t('drafting.nothing') : html`<bdi>${text}</bdi>`
  return html`
    <dl class="facts">
      ${changes.map(
        ({ title, was, becomes }) => html`
          <dt>${title}</dt>
          <dd><del>${side(was)}</del> ${arrow} <ins>${side(becomes)}</ins></dd>
        `,
      )}
    </dl>
  `
}

interface ChangesBetween {
  was: JsonObject
  next: JsonObject
  type: NoticeType
  visit: Visit
}

/** Each single value that differs, in the order of the form. */
export function changesBetween({ was, next, type, visit }: ChangesBetween): Change[] {
  const leaves = (of: JsonObject) => new Map(leavesOf(of, bodyForm(type), visit).map(leaf => [leaf.at, leaf]))
  const [before, after] = [leaves(was), leaves(next)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .map(at => changeOf(before.get(at), after.get(at)))
    .filter(change => change.was !== change.becomes)
}

function changeOf(before: Leaf | undefined, after: Leaf | undefined): Change {
  return { title: (before ?? after)?.title ?? '', was: before?.value, becomes: after?.value }
}

/** What a correction changed in the notice as it stood before; none where that one is not held here. */
export async function changesBy(
  { view, type }: Story,
  visit: MemberVisit,
  office: Office,
): Promise<Change[]> {
  const { types } = office.desk
  const id = view.refs.find(({ rel }) => rel === type?.answers?.rel)?.id
  if (type?.corrects === undefined || id === undefined) return []
  const target = await readStory(office, { ...visit, params: { id } })
  if (target?.type === undefined || !answers(view, target.view, types)) return []
  const earlier = target.corrections.filter(({ seq }) => seq < view.seq)
  const was = correctedBody(target.view, earlier, types).body
  const next = was && correctedBy(view, was, types)
  return was && next ? changesBetween({ was, next, type: target.type, visit }) : []
}
