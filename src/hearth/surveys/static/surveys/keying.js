/* Keying in paper: Enter goes on to the next box, and in the last one to the button. Without this script Enter sends the
   page, which comes back at the next empty box. */
const form = document.querySelector('[data-keying]')

form?.addEventListener('keydown', (event) => {
  const box = event.target
  if (event.key !== 'Enter' || event.isComposing || !box.matches('input, select, textarea')) return
  if (box.matches('textarea') && event.shiftKey) return // a new line
  event.preventDefault()
  const boxes = [...form.querySelectorAll('input:not([type=hidden]), select, textarea, button:not([aria-hidden])')]
  const next = boxes[boxes.indexOf(box) + 1]
  next?.focus()
  next?.select?.()
})
