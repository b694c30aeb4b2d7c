// @ts-check

// A button copies the text that it names, and says so; without this script it is not shown.

document.documentElement.dataset.scripted = ''

document.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('button[data-copy]') : null
  if (!(button instanceof HTMLButtonElement)) return
  const text = document.getElementById(button.dataset.copy ?? '')
  if (text === null) return
  await navigator.clipboard.writeText(text.innerText)
  button.textContent = button.dataset.copied ?? ''
})
