import type { Role } from '../people.ts'
import type { Assets } from './assets/index.ts'
import { html, type Markup } from './html.ts'
import type { Page } from './route.ts'
import { has, type Visit } from './visit.ts'
import { directionOf, languageNames, languages } from './words/languages.ts'
import type { MessageKey } from './words/messages.ts'

export interface Frame {
  /** Ours, by language. */
  names: Record<string, string>
  member: string
  isDemonstration: boolean
  assets: Assets
  /** The last of our feed when the page was made: what comes after it is news. */
  cursor: number
}

interface Place {
  address: string
  name: MessageKey
  /** Absent: for everybody. */
  roles?: readonly Role[]
}

/** In the order of a day's work. */
const places: readonly Place[] = [
  { address: '/', name: 'nav.today' },
  { address: '/notices', name: 'nav.notices' },
  { address: '/new', name: 'nav.new', roles: ['officer', 'customs'] },
  { address: '/screen', name: 'nav.screen', roles: ['customs'] },
  { address: '/products', name: 'nav.products' },
  { address: '/flows', name: 'nav.flows' },
  { address: '/network', name: 'nav.network', roles: ['coordinator', 'admin'] },
  { address: '/members', name: 'nav.members' },
  { address: '/people', name: 'nav.people', roles: ['admin'] },
  { address: '/audit', name: 'nav.audit', roles: ['admin', 'coordinator'] },
]

/** Less often: at the foot of every page. */
const morePlaces: readonly Place[] = [
  { address: '/subscriptions', name: 'nav.subscriptions', roles: ['customs'] },
  { address: '/integrations', name: 'nav.integrations', roles: ['customs', 'admin'] },
  { address: '/account', name: 'nav.account' },
  { address: '/api', name: 'nav.api' },
  { address: '/help', name: 'nav.help' },
]

/** The whole document around a page. */
export function layout(page: Page, visit: Visit, frame: Frame): Markup {
  const { t, language, visitor } = visit
  const name = frame.names[language] ?? frame.names.en ?? frame.member
  return html`
    <html lang=${language} dir=${directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <title>${page.title} – focalpoint ${frame.member}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        ${page.againAfterSeconds !== undefined && html`<meta http-equiv="refresh" content=${page.againAfterSeconds} />`}
        <link rel="icon" href=${frame.assets.icon} type="image/svg+xml" />
        <link rel="stylesheet" href=${frame.assets.style} />
        <script type="module" src=${frame.assets.script}></script>
      </head>
      <body
        data-color-scheme="auto"
        data-size="sm"
        ...${page.isLive && visitor ? { 'data-live-from': frame.cursor } : {}}
      >
        <a class="ds-skip-link" href="#main">${t('frame.skip')}</a>
        <header class="top">
          ${frame.isDemonstration && html`<p class="ribbon" role="note">${t('frame.demonstration')}</p>`}
          <div class="top-row">
            <a class="brand" href="/">
              <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="3.5" />
                <circle cx="12" cy="12" r="9.5" class="ring" />
              </svg>
              <span>focalpoint</span>
            </a>
            <span class="office"><bdi>${name}</bdi> <bdi class="code">${frame.member}</bdi></span>
            ${visitor && html`<${SearchBox} visit=${visit} />`}
            <${Languages} visit=${visit} />
            ${visitor && html`<${SignedIn} visit=${visit} />`}
          </div>
          ${visitor && html`<${Navigation} visit=${visit} within=${page.within} />`}
        </header>
        <main id="main" tabindex="-1">
          ${page.isLive && html`<p id="news" class="ds-sr-only" role="status" aria-live="polite" data-news=${page.news}></p>`}
          ${page.content}
        </main>
        <${Foot} visit=${visit} />
      </body>
    </html>
  `
}

function SearchBox({ visit: { t } }: { visit: Visit }) {
  return html`
    <form class="search" role="search" action="/notices">
      <label class="ds-sr-only" for="search">${t('frame.search')}</label>
      <input class="ds-input" type="search" id="search" name="q" placeholder=${t('frame.search')} />
    </form>
  `
}

function Navigation({ visit, within }: { visit: Visit; within: string | undefined }) {
  const shown = places.filter(({ roles }) => roles === undefined || has(visit, ...roles))
  return html`
    <nav aria-label=${visit.t('frame.navigation')}>
      <ul>
        ${shown.map(
          ({ address, name }) => html`
            <li>
              <a href=${address} aria-current=${address === within ? 'page' : undefined}>${visit.t(name)}</a>
            </li>
          `,
        )}
      </ul>
    </nav>
  `
}

/** Whoever reads another language finds its name in that language. */
function Languages({ visit: { url, language: current } }: { visit: Visit }) {
  const others = languages.filter(each => each !== current)
  return html`
    <ul class="languages">
      ${others.map(language => {
        const address = `/language/${language}?back=${encodeURIComponent(url.pathname + url.search)}`
        return html`
          <li>
            <a href=${address} lang=${language} hreflang=${language} dir=${directionOf(language)}>
              ${languageNames[language]}
            </a>
          </li>
        `
      })}
    </ul>
  `
}

function SignedIn({ visit: { t, visitor } }: { visit: Visit }) {
  return html`
    <div class="signed-in">
      <a href="/account"><bdi>${visitor?.person.name}</bdi></a>
      <form method="post" action="/sign-out">
        <button class="ds-link" type="submit">${t('frame.sign-out')}</button>
      </form>
    </div>
  `
}

function Foot({ visit }: { visit: Visit }) {
  const shown = visit.visitor
    ? morePlaces.filter(({ roles }) => roles === undefined || has(visit, ...roles))
    : []
  return html`
    <footer>
      ${
        shown.length > 0 &&
        html`
          <nav aria-label=${visit.t('frame.more')}>
            <ul>
              ${shown.map(({ address, name }) => html`<li><a href=${address}>${visit.t(name)}</a></li>`)}
            </ul>
          </nav>
        `
      }
      <p>${visit.t('frame.about')}</p>
      ${visit.language === 'ar' && html`<p>${visit.t('frame.unreviewed')}</p>`}
    </footer>
  `
}
