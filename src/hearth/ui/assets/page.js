/* Brings the design system's components to life. Every page works without it. */
import { initAll, Radios } from './govuk.js'

/* ARIA knows no expanded state on a radio button, so what the component sets there is taken away again: the question
   that an answer reveals follows it directly in reading order. */
const sync = Radios.prototype.syncConditionalRevealWithInputState
Radios.prototype.syncConditionalRevealWithInputState = function (input) {
  sync.call(this, input)
  input.removeAttribute('aria-expanded')
}

initAll()

/* A part that may scroll takes the keyboard only while it does scroll. */
const mayScroll = document.querySelectorAll('.hearth-scroll, .hearth-figure__picture, .hearth-side__body--scroll')
const watch = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1
    if (scrolls) target.setAttribute('tabindex', '0')
    else target.removeAttribute('tabindex')
  }
})
mayScroll.forEach((part) => watch.observe(part))
