// @ts-check

// A chosen file is read into the field that it is named for, where it can be looked at before it is sent; without this
// script the input is not shown.

document.addEventListener('change', async ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset.readsInto === undefined) return
  const field = document.getElementById(target.dataset.readsInto)
  const [file] = target.files ?? []
  if (field instanceof HTMLTextAreaElement && file !== undefined) field.value = await file.text()
})
