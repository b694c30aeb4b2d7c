import { readsNominal } from '../../people.ts'
import { Code } from '../components/code.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import type { Story } from './story.ts'

interface TextOf {
  story: Story
  visit: MemberVisit
  office: Office
}

/** As this reader may have it: names are left out where they may not be read. */
export function signedText({ story, visit, office: { desk } }: TextOf): string {
  return desk.notices.text(story.view.id, { nominal: readsNominal(visit.visitor.roles) }) ?? ''
}

export function fileNameOf({ view }: Story): string {
  return `${view.issuer}-${view.channel}-${view.seq}.txt`.replace(/[^A-Za-z0-9.-]/g, '')
}

/** The exact text that was signed. */
export function Raw(of: TextOf) {
  const { t } = of.visit
  return html`
    <h2>${t('notice.view.raw')}</h2>
    <p>${t('notice.raw.about')}</p>
    <p><a href=${`/notices/${of.story.view.id}/text`} download>${t('notice.raw.download')}</a></p>
    <pre class="signed-text" dir="ltr" tabindex="0" role="region" aria-label=${t('notice.view.raw')}>${signedText(of)}</pre>
  `
}

/** How anybody checks it with no node, no network and no trust in us. */
export function Verify({ story, visit, office }: TextOf) {
  const { t } = visit
  const file = fileNameOf(story)
  const trust = office.onlyExercises ? '--demo' : '--trust trust.json'
  return html`
    <h2>${t('notice.view.verify')}</h2>
    <ol class="steps">
      <li>
        <p>${t('notice.verify.download')}</p>
        <p><a href=${`/notices/${story.view.id}/text`} download>${file}</a></p>
      </li>
      <li>
        <p>${t('notice.verify.registry')}</p>
      </li>
      <li>
        <p>${t('notice.verify.command')}</p>
        <pre class="command" dir="ltr"><code>focalpoint verify ${file} ${trust}</code></pre>
        <p class="quiet">${t('notice.verify.outcome')}</p>
      </li>
      <li>
        <p>${t('notice.verify.openssl')}</p>
        <pre class="command" dir="ltr"><code>node scripts/verify-with-openssl.mjs ${file} trust.json</code></pre>
      </li>
      <li>
        <p>${t('notice.verify.compare')}</p>
        <p><${Code}>${story.view.id}<//></p>
      </li>
    </ol>
  `
}
