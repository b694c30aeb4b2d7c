// @ts-check

// Buttons that copy the text of a field or of a paragraph; without this script they are not there.

document.documentElement.dataset.scripted = ''

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copy]') : null
  if (!(button instanceof HTMLElement)) return
  const source = document.getElementById(button.dataset.copy ?? '')
  if (source === null) return
  if (source instanceof HTMLTextAreaElement) source.select()
  const text = source instanceof HTMLTextAreaElement ? source.value : source.innerText
  if (!(await isCopied(text))) return
  const told = button.parentElement?.querySelector('[data-copied]')
  if (told instanceof HTMLElement) told.textContent = told.dataset.copied ?? ''
})

/** Not where the page is not reached safely, or its reader forbids it: then the text is selected, and that is all. */
async function isCopied(/** @type {string} */ text) {
  if (navigator.clipboard === undefined) return false
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}
