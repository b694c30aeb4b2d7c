import { FocalpointError, isPast } from '#protocol'
import { readsNominal } from '../../people.ts'
import { answeredIn } from '../components/answered.ts'
import { Country } from '../components/code.ts'
import { Consultation } from '../components/consultation.ts'
import { NoticeTags, summaryOf } from '../components/notice-line.ts'
import { When } from '../components/when.ts'
import { Fields } from '../content/fields.ts'
import { bodyForm } from '../content/form.ts'
import { Gist } from '../content/gist.ts'
import type { Reading } from '../content/reading.ts'
import { Texts } from '../content/shapes.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { Answering, type Wrong } from './answering.ts'
import { Banners } from './banners.ts'
import { type Change, Changes, changesBy } from './changes.ts'
import { History } from './history.ts'
import { Known } from './known.ts'
import { readStory, type Story } from './story.ts'
import { ToDo } from './to-do.ts'
import { Raw, Verify } from './verify.ts'
import { WhyVoid } from './why-void.ts'

const views: Record<string, MessageKey> = {
  '': 'notice.view.read',
  raw: 'notice.view.raw',
  verify: 'notice.view.verify',
  print: 'notice.view.print',
}

/** The page of one notice: for people first, then who says so, then what became of it. */
export async function noticePage(
  office: Office,
  visit: MemberVisit,
  { wrong }: { wrong?: Wrong } = {},
): Promise<Page> {
  const story = await storyOf(office, visit)
  const { visitor, t, url } = visit
  // Whoever looks after the node or the members opens it for nobody: it still waits for those whose work it is.
  if (has(visit, 'officer', 'releaser', 'customs'))
    await office.desk.opened.mark(story.view.id, visitor.person.id)
  if (story.view.issuer === office.desk.member) await office.desk.drafts.see(story.view.id, visitor.person.id)
  const asked = url.searchParams.get('view') ?? ''
  const view = Object.hasOwn(views, asked) ? asked : ''
  const title = titleOf(story, visit, office)
  const changes = await changesBy(story, visit, office)
  return {
    title,
    within: '/notices',
    isLive: view === '',
    ...(wrong && { status: 422 }),
    content: html`
      <p class="no-print"><a href="/notices">${t('notice.back')}</a></p>
      <${Heading} story=${story} visit=${visit} office=${office} />
      <${Views} story=${story} visit=${visit} current=${view} />
      ${bodyOf(view, { story, visit, office, wrong, changes })}
    `,
  }
}

export async function storyOf(office: Office, visit: MemberVisit): Promise<Story> {
  const story = await readStory(office, visit)
  if (story !== undefined) return story
  const id = visit.params.id ?? ''
  throw new FocalpointError('not-found', 'This node holds no such notice.', { what: 'notice', id })
}

function titleOf(story: Story, visit: MemberVisit, { desk }: Office): string {
  const { view } = story
  const answered = answeredIn(story, desk.types)
  return `${visit.words(view.label)}: ${(answered ?? view).summary}`
}

interface ReadingOf {
  story: Story
  visit: MemberVisit
  office: Office
}

interface ReadOf extends ReadingOf {
  wrong: Wrong | undefined
  /** What it puts right in another notice. */
  changes: readonly Change[]
}

function bodyOf(view: string, reading: ReadOf): Markup {
  const { story, visit, office } = reading
  if (view === 'raw') return html`<${Raw} ...${{ story, visit, office }} />`
  if (view === 'verify') return html`<${Verify} ...${{ story, visit, office }} />`
  return html`<${Read} ...${reading} />`
}

function Heading({ story, visit, office }: ReadingOf) {
  const { desk } = office
  const { view } = story
  const answered = answeredIn(story, desk.types)
  return html`
    <div id="notice-heading" data-live>
      <p class="eyebrow">
        ${visit.words(view.label)} <${NoticeTags} view=${view} visit=${visit} />
      </p>
      <h1>${summaryOf(view, visit, desk.types, { answered, isLinked: true })}</h1>
      <p class="quiet">
        <${Country} code=${view.issuer} visit=${visit} /> · <${When} at=${view.issuedAt} visit=${visit} />
      </p>
    </div>
  `
}

function Views({ story, visit, current }: { story: Story; visit: MemberVisit; current: string }) {
  const { t } = visit
  return html`
    <nav class="views no-print" aria-label=${t('notice.views')}>
      <ul>
        ${Object.entries(views).map(
          ([name, key]) => html`
            <li>
              <a
                href=${`/notices/${story.view.id}${name === '' ? '' : `?view=${name}`}`}
                aria-current=${name === current ? 'page' : undefined}
              >
                ${t(key)}
              </a>
            </li>
          `,
        )}
      </ul>
    </nav>
  `
}

function Read({ story, visit, office, wrong, changes }: ReadOf) {
  const { desk } = office
  const { types, member } = desk
  const reading = readingOf({ story, visit, office })
  return html`
    <div class="columns">
      <div>
        <div id="notice-banners" data-live>
          <${Banners} ...${{ story, visit, types, why: html`<${WhyVoid} ...${{ story, visit, desk }} />` }} />
        </div>
        <div id="notice-gist" data-live>
          ${reading && html`<${First} story=${story} reading=${reading} />`}
          ${changes.length > 0 && html`<h2>${visit.t('notice.changes')}</h2><${Changes} changes=${changes} visit=${visit} />`}
        </div>
        <div id="notice-to-do" data-live><${ToDo} ...${{ story, visit, member, types }} /></div>
        ${
          asks(story, visit, member) &&
          html`<h2>${visit.t('notice.consultation')}</h2>
          <${Consultation} notice=${{ ...story.view, body: story.body }} visit=${visit} member=${member} />`
        }
        <${Answering} ...${{ story, visit, office, wrong }} />
        <div id="notice-body" data-live>
          ${reading && html`<h2>${visit.t('notice.in-full')}</h2><${Rest} story=${story} reading=${reading} />`}
        </div>
      </div>
      <aside class="beside">
        <div id="notice-known" data-live><${Known} ...${{ story, visit, office }} /></div>
        <div id="notice-history" data-live><${History} ...${{ story, visit, types }} /></div>
      </aside>
    </div>
  `
}

/** Whether the reader would ask another State before granting the same. */
function asks({ view, body, withdrawals, type }: Story, { now }: MemberVisit, member: string): boolean {
  if (view.issuer === member || body?.consultContact === undefined) return false
  if (body.nationalProhibition === true || withdrawals.length > 0 || view.standing === 'void') return false
  if (view.flags.includes('body-form')) return false
  const due = type?.deadlines?.(body as never).filter(({ binds }) => binds === 'readers') ?? []
  return due.some(({ day }) => !isPast(day, now))
}

function readingOf({ story: { view, type, body }, visit, office: { desk } }: ReadingOf): Reading | undefined {
  if (body === undefined) return undefined
  return {
    visit,
    types: desk.types,
    body,
    form: type && bodyForm(type),
    nominal: view.nominal,
    noNames: whyNoNames(view, visit),
  }
}

function whyNoNames(view: Story['view'], { t, visitor, formats }: MemberVisit): string | undefined {
  const part = view.parts.find(({ name }) => name === 'nominal')
  if (part === undefined || view.nominal !== undefined) return undefined
  if (part.erased)
    return t('notice.names.erased', { day: part.until === undefined ? '' : formats.day(part.until) })
  if (!readsNominal(visitor.roles)) return t('notice.names.not-yours')
  return t(part.to === 'named' ? 'notice.names.named' : 'notice.names.absent')
}

/** The notice in the words of its author, and what is asked first. */
function First({ story, reading }: { story: Story; reading: Reading }) {
  const { type, was, body } = story
  const { text } = reading.body
  const since = correctedSince(story)
  const day = since && reading.visit.formats.day(since.issuedAt)
  const isTexts = typeof text === 'object' && text !== null && !Array.isArray(text)
  return html`
    ${isTexts && html`<div class="author-text"><${Texts} value=${text} reading=${reading} /></div>`}
    ${isTexts && day && html`<p class="quiet">${reading.visit.t('notice.text.before-correction', { day })}</p>`}
    ${type?.gist && body && html`<${Gist} gist=${type.gist} reading=${reading} was=${was && { value: was }} />`}
  `
}

/** The last correction in force, where the author's text was not written anew with it. */
function correctedSince({ body, was, corrections, fates }: Story): Story['view'] | undefined {
  if (was === undefined || JSON.stringify(was.text) !== JSON.stringify(body?.text)) return undefined
  return corrections
    .toSorted((one, other) => one.seq - other.seq)
    .findLast(({ id }) => fates.get(id)?.state === 'in force')
}

/** Everything that was not said in full above. */
function Rest({ story: { type, was }, reading }: { story: Story; reading: Reading }) {
  const said = Object.values(type?.gist ?? {}).flat()
  const inBrief = said.filter(name => Array.isArray(reading.body[name]) && name === 'goods')
  const names = [...new Set([...Object.keys(reading.form?.properties ?? {}), ...Object.keys(reading.body)])]
  const only = names.filter(name => name !== 'text' && (!said.includes(name) || inBrief.includes(name)))
  return html`<${Fields} ...${{ value: reading.body, was: was && { value: was }, field: reading.form, reading, only }} />`
}
