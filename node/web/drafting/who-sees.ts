import { Country } from '../components/code.ts'
import { Day } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import type { Audience, PartReaders } from './audience.ts'

/** Everybody by name, part by part: never a number alone. */
export function WhoSees({ audience, visit, office }: { audience: Audience; visit: Visit; office: Office }) {
  const { t } = visit
  return html`
    <section aria-labelledby="who-sees">
      <h2 id="who-sees">${t('drafting.who-sees')}</h2>
      <p>${t('drafting.who-sees-about')}</p>
      ${audience.parts.map(each => html`<${Part} part=${each} visit=${visit} office=${office} />`)}
      <p class="quiet">${t('drafting.who-sees-envelope')}</p>
    </section>
  `
}

function Part({
  part: { part, to, readers, until },
  visit,
  office,
}: {
  part: PartReaders
  visit: Visit
  office: Office
}) {
  const { t } = visit
  return html`
    <h3>${t(part === 'body' ? 'drafting.part-body' : 'drafting.part-names')}</h3>
    ${to === undefined && html`<p>${t('drafting.nobody-chosen')}</p>`}
    ${to === 'named' && html`<p>${t(readers.length === 0 ? 'drafting.sees-own' : 'drafting.sees-named')}</p>`}
    ${to === 'channel' && html`<p>${t('drafting.sees-channel')}</p>`}
    <ul class="names" data-part=${part}>
      <li><${Country} code=${office.desk.member} visit=${visit} /> <span class="quiet">${t('drafting.own-office')}</span></li>
      ${readers.map(id => html`<li key=${id}><${Country} code=${id} visit=${visit} /></li>`)}
    </ul>
    ${to === 'channel' && html`<p class="quiet">${t('drafting.sees-later')}</p>`}
    ${until && html`<p class="quiet">${t('drafting.until-shown')}${' '}<${Day} day=${until} visit=${visit} /></p>`}
  `
}
