import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { type Route, readers } from '../route.ts'

export function todayRoutes(office: Office): Route[] {
  return [
    {
      path: '/',
      access: readers,
      show: async ({ t, visitor }) => {
        const notices = await office.desk.notices.list({ limit: 20 }, { nominal: false })
        return {
          title: t('today.title'),
          within: '/',
          isLive: true,
          content: html`
            <h1>${t('today.title')}</h1>
            <p class="lead"><bdi>${visitor.person.name}</bdi></p>
            <ul class="plain-list rows" id="notices" data-live>
              ${notices.map(each => html`<li key=${each.id}>${each.summary}</li>`)}
            </ul>
          `,
        }
      },
    },
  ]
}
