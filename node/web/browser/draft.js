// @ts-check

// Drafts: what is written is kept after a second of quiet, goods are found as one types, and the seconds in which sending
// can be stopped are counted. Without this script buttons do the same.

const quietMs = 1000

const draftForm = document.querySelector('form[data-autosave]')
if (draftForm instanceof HTMLFormElement) keepWhileWriting(draftForm)

for (const box of document.querySelectorAll('input[data-search]')) {
  if (box instanceof HTMLInputElement) searchWhileTyping(box)
}

for (const counter of document.querySelectorAll('[data-countdown]')) {
  if (counter instanceof HTMLElement) countDown(counter)
}

/** @param {HTMLFormElement} form */
function keepWhileWriting(form) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let stopped = false
  const pending = new AbortController()
  form.addEventListener('input', ({ target }) => {
    if (stopped || (target instanceof HTMLElement && target.dataset.search !== undefined)) return
    clearTimeout(timer)
    timer = setTimeout(save, quietMs)
  })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    stopped = true
    pending.abort()
  })

  async function save() {
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value)
    fields.set('act', 'autosave')
    const told = document.getElementById('saved')
    try {
      const response = await fetch(form.action, { method: 'POST', body: fields, signal: pending.signal })
      if (!response.ok || response.redirected || told === null) return
      const answer = new DOMParser().parseFromString(await response.text(), 'text/html').body
        .firstElementChild
      if (answer === null) return
      told.replaceChildren(document.importNode(answer, true))
      if (answer.hasAttribute('data-stop')) stopped = true
      const seen = form.elements.namedItem('seen')
      const mark = answer.getAttribute('data-seen')
      if (seen instanceof HTMLInputElement && mark !== null) seen.value = mark
    } catch {
      // Offline, or sent in the meantime: the next change tries again, and the buttons say what is wrong.
    }
  }
}

/** @param {HTMLInputElement} box */
function searchWhileTyping(box) {
  const into = document.getElementById(box.dataset.into ?? '')
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  box.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(find, 200)
  })

  async function find() {
    const text = box.value
    const response = await fetch(`${box.dataset.search}${encodeURIComponent(text)}`)
    if (!response.ok || response.redirected || into === null || box.value !== text) return
    const found = new DOMParser().parseFromString(await response.text(), 'text/html').body
    into.replaceChildren(...[...found.childNodes].map(node => document.importNode(node, true)))
  }
}

/** @param {HTMLElement} counter */
function countDown(counter) {
  const text = counter.textContent ?? ''
  const from = Number(counter.dataset.countdown)
  const end = performance.now() + from * 1000
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000)
    counter.textContent = left > 0 ? text.replace(String(from), String(left)) : (counter.dataset.over ?? '')
    if (left > 0) setTimeout(tick, 250)
    else setTimeout(() => location.reload(), 1000)
  }
  tick()
}
