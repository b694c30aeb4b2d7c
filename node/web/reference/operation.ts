import { Code } from '../components/code.ts'
import { Table } from '../components/table.ts'
import { html, type Markup } from '../html.ts'
import type { Page } from '../route.ts'
import type { Visit } from '../visit.ts'
import { curlOf } from './curl.ts'
import { type Description, exampleOf, formOf, type Operation, parametersOf, resolved } from './description.ts'
import { whoMay } from './who-may.ts'

interface Reading {
  description: Description
  visit: Visit
}

/** All of one operation: who may, what is sent, what comes back. */
export function operationPage(operation: Operation, reading: Reading): Page {
  const { t } = reading.visit
  const { method, path, summary, description } = operation
  return {
    title: `${method} ${path}`,
    within: '/api',
    content: html`
      <p class="quiet"><a href=${`/api#${operation.tags[0]}`}>${t('reference.all')}</a></p>
      <h1><${Code}>${method} ${path}<//></h1>
      <p class="lead" lang="en" dir="ltr">${summary}</p>
      ${description && html`<p lang="en" dir="ltr">${description}</p>`}
      <p>${t('reference.who')}: ${whoMay(operation, reading.visit)}</p>
      <h2>${t('reference.try')}</h2>
      <pre class="listing" dir="ltr" tabindex="0">${curlOf(operation, {
        description: reading.description,
        origin: reading.visit.origin,
      })}</pre>
      ${
        operation.security.length > 0 &&
        html`<p class="quiet">${t('reference.token')} <a href="/integrations">${t('reference.make-token')}</a></p>`
      }
      <${Parameters} operation=${operation} ...${reading} />
      <${Body} operation=${operation} ...${reading} />
      <${Answers} operation=${operation} ...${reading} />
    `,
  }
}

type Part = Reading & { operation: Operation }

function Parameters({ operation, description, visit: { t } }: Part) {
  const parameters = parametersOf(operation, description)
  if (parameters.length === 0) return null
  const rows = parameters.map(each => [
    html`<${Code}>${each.name}<//>`,
    `${each.in}${each.required ? `, ${t('reference.required')}` : ''}`,
    html`<${Code}>${formOf(each.schema, description)}<//>`,
    html`<span lang="en" dir="ltr">${each.description ?? each.schema?.description}</span>`,
  ])
  const head = [t('reference.name'), t('reference.place'), t('reference.form'), t('reference.about')]
  return html`
    <h2>${t('reference.parameters')}</h2>
    <${Table} caption=${t('reference.parameters')} head=${head} rows=${rows} />
  `
}

function Body({ operation, description, visit: { t } }: Part) {
  const content = Object.entries(operation.requestBody?.content ?? {})
  if (content.length === 0) return null
  return html`
    <h2>${t('reference.body')}</h2>
    ${content.map(([mediaType, media]) => {
      const example = exampleOf(media, description)
      const { properties = {}, required = [] } = media.schema ? resolved(media.schema, description) : {}
      const rows = Object.entries(properties).map(([name, each]): Markup[] => [
        html`<${Code}>${name}<//>`,
        `body${required.includes(name) ? `, ${t('reference.required')}` : ''}`,
        html`<${Code}>${formOf(each, description)}<//>`,
        html`<span lang="en" dir="ltr">${resolved(each, description).description}</span>`,
      ])
      const head = [t('reference.name'), t('reference.place'), t('reference.form'), t('reference.about')]
      return html`
        <h3><${Code}>${mediaType}<//></h3>
        ${rows.length > 0 && html`<${Table} caption=${t('reference.body')} head=${head} rows=${rows} />`}
        <${Example} value=${example} t=${t} />
      `
    })}
  `
}

function Answers({ operation, description, visit: { t } }: Part) {
  const answers = Object.entries(operation.responses)
  const rows = answers.map(([status, { description: told }]) => [
    html`<${Code}>${status}<//>`,
    html`<div lang="en" dir="ltr">${told.split(/(?<=\.) (?=`)/).map(each => html`<div>${each.split(/(`[^`]+`)/).map(linked)}</div>`)}</div>`,
  ])
  const good = answers
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content = {} }]) => Object.values(content))
  return html`
    <h2>${t('reference.answers')}</h2>
    <${Table}
      caption=${t('reference.answers')}
      head=${[t('reference.status'), t('reference.meaning')]}
      rows=${rows}
    />
    <${Example} value=${exampleOf(good[0], description)} t=${t} />
  `
}

/** Codes of problems lead to what they mean. */
function linked(piece: string): Markup {
  const [, code] = /^`([a-z-]+)`$/.exec(piece) ?? []
  return code === undefined ? piece : html`<a href=${`/problems/${code}`}><code>${code}</code></a>`
}

function Example({ value, t }: { value: unknown; t: Visit['t'] }) {
  if (value === undefined) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)
  return html`
    <details class="ds-details">
      <summary>${t('reference.example')}</summary>
      <pre class="listing" dir="ltr" tabindex="0">${text}</pre>
    </details>
  `
}
