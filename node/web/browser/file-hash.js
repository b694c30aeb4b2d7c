// @ts-check

// The SHA-256 of a chosen file goes into the field that it is named for, and the file stays on this machine. Without this
// script, or where the browser does not work out hashes, the file is sent, and the node does it.

document.addEventListener('change', async ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset.digestsInto === undefined) return
  const field = document.getElementById(target.dataset.digestsInto)
  const [file] = target.files ?? []
  if (!(field instanceof HTMLInputElement) || file === undefined || crypto.subtle === undefined) return
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  field.value = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('')
  target.value = ''
  tell(document.getElementById(`${target.id}-told`), file.name)
  field.dispatchEvent(new Event('input', { bubbles: true }))
})

/**
 * @param {HTMLElement | null} told
 * @param {string} name
 */
function tell(told, name) {
  if (told === null) return
  const isolated = document.createElement('bdi')
  isolated.textContent = name
  told.replaceChildren(`${told.dataset.told} `, isolated)
}
