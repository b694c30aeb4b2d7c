// @ts-check

// Searches that answer as one types: the form is asked as it would be sent, and the part of the page with the answer put
// in place. Without this script the form is sent.

const pauseMs = 200

for (const form of document.querySelectorAll('form[data-search]')) {
  if (form instanceof HTMLFormElement) searchAsTyped(form)
}

/** @param {HTMLFormElement} form */
function searchAsTyped(form) {
  /** @type {number | undefined} */
  let waiting
  let asked = 0
  form.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = window.setTimeout(async () => {
      const turn = ++asked
      const address = new URL(form.action)
      for (const [name, value] of new FormData(form)) address.searchParams.set(name, String(value))
      const response = await fetch(address)
      if (!response.ok || response.redirected) return
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
      const id = form.dataset.search ?? ''
      const [here, next] = [document.getElementById(id), fresh.getElementById(id)]
      if (turn !== asked || here === null || next === null) return
      here.replaceChildren(...[...next.childNodes].map(each => document.importNode(each, true)))
      history.replaceState(null, '', address)
    }, pauseMs)
  })
}
