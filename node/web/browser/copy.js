// @ts-check

// Buttons that copy the text of a field or of a paragraph; without this script they are not there.

document.documentElement.dataset.scripted = ''
for (const part of document.querySelectorAll('.needs-script')) part.removeAttribute('hidden')

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copy]') : null
  if (!(button instanceof HTMLElement)) return
  const source = document.getElementById(button.dataset.copy ?? '')
  if (source === null) return
  if (source instanceof HTMLTextAreaElement) source.select()
  const text = source instanceof HTMLTextAreaElement ? source.value : source.innerText
  await navigator.clipboard?.writeText(text).catch(() => {})
  const told = button.parentElement?.querySelector('[data-copied]')
  if (told instanceof HTMLElement) told.textContent = told.dataset.copied ?? ''
})
