// @ts-check

// Buttons that copy the text of a field; without this script they are not there.

for (const part of document.querySelectorAll('.needs-script')) part.removeAttribute('hidden')

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('[data-copy]') : null
  if (!(button instanceof HTMLElement)) return
  const field = document.getElementById(button.dataset.copy ?? '')
  if (!(field instanceof HTMLTextAreaElement)) return
  field.select()
  await navigator.clipboard?.writeText(field.value).catch(() => {})
  const told = button.parentElement?.querySelector('[data-copied]')
  if (told instanceof HTMLElement) told.textContent = told.dataset.copied ?? ''
})
