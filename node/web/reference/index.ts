import { Code } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page, Route } from '../route.ts'
import type { Visit } from '../visit.ts'
import { type Description, type Operation, operationsOf } from './description.ts'
import { Introduction } from './introduction.ts'
import { operationPage } from './operation.ts'
import { whoMay } from './who-may.ts'

/** The API as people read it, made from what the API says of itself. */
export function referenceRoutes({ openApi }: Pick<Office, 'openApi'>): Route[] {
  let made: Description | undefined
  const description = () => (made ??= openApi() as Description)
  return [
    { path: '/api', access: 'anyone', show: visit => allOperations(description(), visit) },
    { path: '/api/introduction', access: 'anyone', show: visit => introductionPage(description(), visit) },
    {
      path: '/api/:operation',
      access: 'anyone',
      show: visit => {
        const wanted = visit.params.operation ?? ''
        const found = operationsOf(description()).find(({ operationId }) => operationId === wanted)
        return found ? operationPage(found, { description: description(), visit }) : unknown(wanted, visit)
      },
    },
  ]
}

function allOperations(description: Description, visit: Visit): Page {
  const { t } = visit
  const operations = operationsOf(description)
  return {
    title: t('reference.title'),
    within: '/api',
    content: html`
      <h1>${t('reference.title')}</h1>
      <p class="lead">${t('reference.lead')}</p>
      <ul class="inline-list">
        <li><a href="/api/introduction">${t('reference.introduction')}</a></li>
        <li><a href="/v1/openapi.json">${t('reference.description')}</a></li>
      </ul>
      <div lang="en" dir="ltr">
        ${description.tags.map(
          tag => html`
            <h2 id=${tag.name}>${tag.name}</h2>
            <p class="quiet">${tag.description}</p>
            <ul class="plain-list rows">
              ${operations
                .filter(({ tags }) => tags.includes(tag.name))
                .map(each => html`<${Line} operation=${each} visit=${visit} />`)}
            </ul>
          `,
        )}
      </div>
    `,
  }
}

function Line({ operation, visit }: { operation: Operation; visit: Visit }) {
  return html`
    <li>
      <${Code}>
        <span class="method">${operation.method}</span>
        <a href=${`/api/${operation.operationId}`}>${operation.path}</a>
      <//>
      <br />${operation.summary} <span class="quiet">(${whoMay(operation, visit)})</span>
    </li>
  `
}

function introductionPage({ info }: Description, { t }: Visit): Page {
  return {
    title: t('reference.introduction'),
    within: '/api',
    content: html`
      <p class="quiet"><a href="/api">${t('reference.all')}</a></p>
      <h1>${t('reference.introduction')}</h1>
      <div lang="en" dir="ltr"><${Introduction} text=${info.description} /></div>
    `,
  }
}

function unknown(wanted: string, { t }: Visit): Page {
  return {
    title: t('reference.none'),
    status: 404,
    within: '/api',
    content: html`
      <h1>${t('reference.none')}</h1>
      <p class="lead"><${Code}>${wanted}<//></p>
      <${Empty} why=${t('reference.none-do')}>
        <p><a href="/api">${t('reference.all')}</a></p>
      <//>
    `,
  }
}
