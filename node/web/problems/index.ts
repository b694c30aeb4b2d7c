import type { ErrorCode } from '#protocol'
import { problems } from '../../desk/problem.ts'
import { Code } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { Facts } from '../components/facts.ts'
import { html } from '../html.ts'
import type { Page, Route } from '../route.ts'
import type { Visit } from '../visit.ts'
import { areaOf, areas, codes, isCode, topicOf } from './topics.ts'

/** Where the type of every problem leads (RFC 9457, section 3.1.1). */
export function problemRoutes(): Route[] {
  return [
    { path: '/problems', access: 'anyone', show: allProblems },
    {
      path: '/problems/:code',
      access: 'anyone',
      show: visit => {
        const { code = '' } = visit.params
        return isCode(code) ? oneProblem(code, visit) : unknownProblem(code, visit)
      },
    },
  ]
}

function allProblems({ t, words }: Visit): Page {
  return {
    title: t('problems.title'),
    content: html`
      <h1>${t('problems.title')}</h1>
      <p class="lead">${t('problems.lead')}</p>
      ${areas.map(
        area => html`
          <h2>${t(`problems.area.${area}`)}</h2>
          <ul class="plain-list rows">
            ${codes
              .filter(code => areaOf(code) === area)
              .map(
                code => html`
                  <li class="entry">
                    <a href=${`/problems/${code}`}>${words(problems[code].title)}</a>
                    <span class="quiet"><${Code}>${code}<//></span>
                  </li>
                `,
              )}
          </ul>
        `,
      )}
    `,
  }
}

function oneProblem(code: ErrorCode, { t, words }: Visit): Page {
  const { title, status } = problems[code]
  const topic = topicOf(code)
  return {
    title: words(title),
    content: html`
      <p class="quiet"><a href="/problems">${t('problems.all')}</a></p>
      <h1>${words(title)}</h1>
      <h2>${t('problems.means')}</h2>
      <p>${t(`problems.${topic}.means`)}</p>
      <h2>${t('problems.do')}</h2>
      <p>${t(`problems.${topic}.do`)}</p>
      <div class="apart">
        <${Facts}
          facts=${[
            [t('problems.code'), html`<${Code}>${code}<//>`],
            [t('problems.status'), html`<${Code}>${status}<//>`],
          ]}
        />
      </div>
    `,
  }
}

function unknownProblem(code: string, { t }: Visit): Page {
  return {
    title: t('problems.none'),
    status: 404,
    content: html`
      <h1>${t('problems.none')}</h1>
      <p class="lead"><${Code}>${code}<//></p>
      <${Empty} why=${t('problems.none-do')}>
        <p><a href="/problems">${t('problems.all')}</a></p>
      <//>
    `,
  }
}
