// @ts-check

// Live arrival: when the node says that something came, the parts of the page marked `data-live` are fetched anew and
// put in place. What a person is writing or has opened stays as it is.

const from = document.body.dataset.liveFrom
if (from !== undefined) follow(Number(from))

/** @param {number} cursor */
function follow(cursor) {
  const source = new EventSource(`/live?after=${cursor}`)
  // Refused and not cut: the session has ended, and the page says so.
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) busy = busy.then(renew, renew)
  })
  let seen = cursor
  let busy = Promise.resolve()
  source.addEventListener('message', ({ data }) => {
    const last = Number(data)
    if (last <= seen) return
    seen = last
    busy = busy.then(renew, renew)
  })
}

async function renew() {
  const response = await fetch(location.href, { headers: { 'x-requested-by': 'live' } })
  if (response.redirected) return location.assign(response.url)
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id)
    if (next === null || isWrittenIn(part)) continue
    keepOpen(part, next)
    if (part.outerHTML === next.outerHTML) continue
    part.replaceWith(document.importNode(next, true))
  }
  const news = document.getElementById('news')
  const told = fresh.getElementById('news')?.dataset.news
  if (news === null || told === undefined || told === news.dataset.news) return
  news.dataset.news = told
  news.textContent = told
}

/**
 * A button that was pressed or a text that was copied holds nothing back.
 * @param {Element} part
 */
function isWrittenIn(part) {
  const active = document.activeElement
  return part.contains(active) && active?.matches('select, input, textarea:not([readonly])') === true
}

/**
 * What was opened stays open; such details have an id.
 * @param {Element} part
 * @param {Element} next
 */
function keepOpen(part, next) {
  for (const { id } of part.querySelectorAll('details[open][id]')) {
    next.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '')
  }
}

// What changes without anything arriving, such as who is heard, is asked for again and again while it is looked at.
const pace = document.querySelector('[data-renew-seconds]')
if (pace instanceof HTMLElement) {
  setInterval(() => document.hidden || renew().catch(() => {}), Number(pace.dataset.renewSeconds) * 1000)
}

// What went wrong is read first.
const summary = document.querySelector('[data-focus]')
if (summary instanceof HTMLElement) summary.focus()
