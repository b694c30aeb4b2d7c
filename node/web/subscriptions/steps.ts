import { FocalpointError } from '#protocol'
import type { Replay } from '../../subscription.ts'
import { confirmPage } from '../components/confirm.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Redirect, Route } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { shownPage } from './ask.ts'
import { ownSubscription } from './own.ts'

type Submit = (visit: MemberVisit) => Promise<Redirect>
type Steps = Required<Pick<Extract<Route, { access: readonly unknown[] }>, 'show' | 'submit'>>

/** Does one thing to one's own subscription, and shows it again. */
export function acting({ desk }: Office, act: (id: string, visit: MemberVisit) => Promise<unknown>): Submit {
  return async visit => {
    const { id } = ownSubscription(desk, visit)
    await act(id, visit)
    return { to: `/subscriptions/${id}` }
  }
}

export function testing({ desk }: Office): Submit {
  return async visit => {
    const { id } = ownSubscription(desk, visit)
    const { id: delivery } = await desk.subscriptions.test(id)
    return { to: `/subscriptions/${id}?tested=${encodeURIComponent(delivery)}` }
  }
}

export function replaying({ desk }: Office): Submit {
  return async visit => {
    const { id } = ownSubscription(desk, visit)
    await desk.subscriptions.replay(id, replayAsked(visit.fields))
    return { to: `/subscriptions/${id}?replayed=yes` }
  }
}

/** Throws `request-malformed`. */
function replayAsked(fields: URLSearchParams): Replay {
  const delivery = fields.get('delivery')
  if (delivery !== null) return { delivery }
  if (fields.get('what') === 'dead') return { deadLetters: true }
  const since = Date.parse(`${fields.get('since')}T00:00:00Z`)
  if (Number.isFinite(since)) return { since: since / 1000 }
  const wrong = { pointer: '/since', code: 'form', detail: 'Write a day.' }
  throw new FocalpointError('request-malformed', 'Write the day from which on it is told once more.', {
    errors: [wrong],
  })
}

export function rotating({ desk }: Office): Steps {
  return {
    show: visit => {
      const { t } = visit
      const { id, target } = ownSubscription(desk, visit)
      const isFeed = target.kind === 'feed'
      return confirmPage(
        {
          question: t('subscriptions.rotate-question'),
          children: html`<p>${t(isFeed ? 'subscriptions.rotate-what-feed' : 'subscriptions.rotate-what')}</p>`,
          to: `/subscriptions/${id}/rotate`,
          yes: t(isFeed ? 'subscriptions.rotate-feed' : 'subscriptions.rotate'),
          back: `/subscriptions/${id}`,
          within: '/subscriptions',
        },
        visit,
      )
    },
    submit: async visit => {
      const { t } = visit
      const { id, target } = ownSubscription(desk, visit)
      const about = t(target.kind === 'feed' ? 'subscriptions.rotated-feed' : 'subscriptions.rotated-about')
      return shownPage(await desk.subscriptions.rotateSecret(id), visit, {
        title: t('subscriptions.rotated'),
        about,
      })
    },
  }
}

export function removing({ desk }: Office): Steps {
  return {
    show: visit => {
      const { t } = visit
      const { id, label, version } = ownSubscription(desk, visit, { isForAdmin: true })
      return confirmPage(
        {
          question: t('subscriptions.remove-question', { label }),
          children: html`<p>${t('subscriptions.remove-what')}</p>`,
          to: `/subscriptions/${id}/remove`,
          fields: { version: String(version) },
          yes: t('subscriptions.remove'),
          back: '/subscriptions',
          within: '/subscriptions',
        },
        visit,
      )
    },
    submit: async visit => {
      const { id } = ownSubscription(desk, visit, { isForAdmin: true })
      await desk.subscriptions.remove(id, { version: Number(visit.fields.get('version')) })
      return { to: '/subscriptions' }
    },
  }
}
