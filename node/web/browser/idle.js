// @ts-check

// A session that nobody uses ends. Two minutes before, the page says so and offers to stay; at the end it leads to
// sign-in, and from there back to where one was. Being open is not being used: asking how long it lasts keeps nothing.

const asking = { headers: { 'x-requested-by': 'live' } }

if (document.querySelector('.signed-in') !== null) void look()

async function look() {
  const response = await fetch('/account/idle', asking).catch(() => undefined)
  if (response !== undefined && hasEnded(response)) return leave()
  if (!response?.ok) return again(60)
  show(await response.text())
}

/** Else the node is busy or away: what is being written stays. @param {Response} response */
function hasEnded({ redirected, status }) {
  return redirected || status === 401
}

/** @param {string} text */
function show(text) {
  const notice = new DOMParser().parseFromString(text, 'text/html').getElementById('idle')
  if (notice === null) return
  const left = Number(notice.dataset.left)
  const before = Number(notice.dataset.notice)
  document.getElementById('idle')?.remove()
  if (left <= 0) return leave()
  if (left > before) return again(left - before)
  const shown = document.importNode(notice, true)
  shown.className = 'idle'
  shown.querySelector('form')?.addEventListener('submit', stay)
  document.body.append(shown)
  again(Math.min(left, 20))
}

/** @param {SubmitEvent} event */
async function stay(event) {
  event.preventDefault()
  const response = await fetch('/account/idle', { method: 'POST' }).catch(() => undefined)
  if (response !== undefined && hasEnded(response)) return leave()
  if (!response?.ok) return again(5)
  show(await response.text())
}

/** @param {number} seconds */
function again(seconds) {
  setTimeout(() => void look(), seconds * 1000 + 500)
}

function leave() {
  const back = encodeURIComponent(location.pathname + location.search)
  location.assign(`/sign-in?why=idle&back=${back}`)
}
