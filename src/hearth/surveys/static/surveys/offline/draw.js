/* Questions as the design system's components, made of elements: nothing that was fetched is ever read as HTML. */

const DATE_LABELS = { day: 'Day', month: 'Month', year: 'Year' }
const RIGHT_TO_LEFT = ['ar', 'fa', 'ur', 'he', 'ps', 'ckb']

/* An element with attributes and what is in it. */
export function make (name, attributes = {}, ...inside) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, '')
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value)
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined && part !== ''))
  return element
}

export const paragraph = (words, kind = 'govuk-body') => make('p', { class: kind }, words)

/* Paragraphs of a text, in its language. */
export const paragraphs = (words, language = 'en') =>
  words.split('\n\n').filter((part) => part.trim()).map((part) => make('p', { class: 'govuk-body hearth-typed', ...spoken(language) }, part))

export function button (words, { kind = '', ...more } = {}) {
  return make('button', { type: 'submit', class: `govuk-button ${kind}`.trim(), ...more }, words)
}

export function spoken (language) {
  if (language === 'en' || language === 'en-easy') return {}
  return { lang: language, dir: RIGHT_TO_LEFT.includes(language.split('-')[0]) ? 'rtl' : 'ltr' }
}

/* One question. `rules` are those of rules.js; `raw` is what was typed; `error` one sentence. */
export function drawQuestion (rules, question, raw, language, error) {
  const words = rules.said(question.words, language)
  const hints = [rules.said(question.hint, language), help(question), question.required ? 'This question must be answered.' : '']
  const hint = hints.filter((part) => part).join(' ')
  const id = `q-${question.code}`
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter((part) => part).join(' ') || null
  const told = [
    hint ? make('div', { class: 'govuk-hint', id: `${id}-hint` }, hint) : null,
    error ? make('p', { class: 'govuk-error-message', id: `${id}-error` }, make('span', { class: 'govuk-visually-hidden' }, 'Error: '), error) : null
  ]
  const group = make('div', { class: `govuk-form-group${error ? ' govuk-form-group--error' : ''}` })
  const typed = raw[question.code] || []
  const first = typed[0] || ''
  const language_ = spoken(language)
  if (['one', 'scale', 'many', 'date', 'rank'].includes(question.kind)) {
    const legend = make('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--m' }, words)
    const fieldset = make('fieldset', { class: 'govuk-fieldset', 'aria-describedby': about, ...language_ }, legend, ...told)
    fieldset.append(...answers(rules, question, raw, typed, language, error))
    group.append(fieldset)
    return group
  }
  const label = make('label', { class: 'govuk-label govuk-label--m', for: id, ...language_ }, words)
  const common = { id, name: question.code, 'aria-describedby': about, autocomplete: 'off' }
  const wrong = error ? ' govuk-input--error' : ''
  let box
  if (question.kind === 'text') {
    box = make('textarea', { ...common, class: `govuk-textarea${wrong}`, rows: (question.longest ?? 2000) <= 200 ? 2 : 5 }, first)
  } else if (question.kind === 'place' && (question.options || []).length) {
    const shown = [make('option', { value: '' }), ...question.options.filter((one) => !one.silent).map((one) =>
      make('option', { value: one.code, selected: one.code === first }, rules.said(one.words, language)))]
    box = make('select', { ...common, class: 'govuk-select' }, ...shown)
  } else {
    const numeric = question.kind === 'number' ? { inputmode: 'decimal' } : {}
    const width = question.kind === 'number' ? '5' : question.places === 'postcode' ? '10' : '20'
    box = make('input', { ...common, ...numeric, type: 'text', spellcheck: 'false', class: `govuk-input govuk-input--width-${width}${wrong}`, value: first })
  }
  group.append(label, ...told.filter((part) => part), box)
  return group
}

function answers (rules, question, raw, typed, language, error) {
  const wrong = error ? ' govuk-input--error' : ''
  if (question.kind === 'date') {
    const items = rules.fields(question).map((name) => {
      const part = name.slice(question.code.length + 1)
      const input = make('input', {
        class: `govuk-input govuk-date-input__input govuk-input--width-${part === 'year' ? 4 : 2}${wrong}`,
        id: `q-${name}`, name, type: 'text', inputmode: 'numeric', autocomplete: 'off', value: (raw[name] || [''])[0]
      })
      const label = make('label', { class: 'govuk-label govuk-date-input__label', for: `q-${name}` }, DATE_LABELS[part])
      return make('div', { class: 'govuk-date-input__item' }, make('div', { class: 'govuk-form-group' }, label, input))
    })
    return [make('div', { class: 'govuk-date-input' }, ...items)]
  }
  if (question.kind === 'rank') {
    return question.options.map((option) => {
      const name = `${question.code}-${option.code}`
      const label = make('label', { class: 'govuk-label', for: `q-${name}` }, rules.said(option.words, language))
      const input = make('input', {
        class: `govuk-input govuk-input--width-2${wrong}`, id: `q-${name}`, name, type: 'text', inputmode: 'numeric', autocomplete: 'off', value: (raw[name] || [''])[0]
      })
      return make('div', { class: 'govuk-form-group hearth-rank' }, label, input)
    })
  }
  const box = question.kind === 'many'
  const kind = box ? 'checkboxes' : 'radios'
  const items = (question.options || []).flatMap((option, at) => {
    const id = at ? `q-${question.code}-${at + 1}` : `q-${question.code}`
    const words = rules.said(option.words, language) + (option.silent ? ' (do not read out)' : '')
    const input = make('input', {
      class: `govuk-${kind}__input`, id, name: question.code, type: box ? 'checkbox' : 'radio', value: option.code, checked: typed.includes(option.code)
    })
    const label = make('label', { class: `govuk-label govuk-${kind}__label`, for: id }, words)
    const item = make('div', { class: `govuk-${kind}__item` }, input, label)
    return option.alone && at ? [make('div', { class: `govuk-${kind}__divider` }, 'or'), item] : [item]
  })
  return [make('div', { class: `govuk-${kind}` }, ...items)]
}

function help (question) {
  return {
    many: 'Choose all that apply.',
    rank: 'Write 1 beside what matters most, 2 beside the next, and so on.',
    text: `Up to ${(question.longest ?? 2000).toLocaleString('en-GB')} characters.`
  }[question.kind] || ''
}

/* What is typed in a form, by the names of its inputs; what is empty is not there. */
export function typedIn (form) {
  const found = {}
  for (const [name, value] of new FormData(form)) {
    if (value) (found[name] ||= []).push(value)
  }
  return found
}

/* The summary of what is wrong, each with a link to its answer. */
export function summary (problems) {
  const items = problems.map(({ text, href }) => make('li', {}, make('a', { href }, text)))
  const body = make('div', { class: 'govuk-error-summary__body' }, make('ul', { class: 'govuk-list govuk-error-summary__list' }, ...items))
  const title = make('h2', { class: 'govuk-error-summary__title' }, 'There is a problem')
  return make('div', { class: 'govuk-error-summary', tabindex: '-1' }, make('div', { role: 'alert' }, title, body))
}
