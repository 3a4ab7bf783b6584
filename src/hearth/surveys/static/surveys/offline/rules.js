/* Answers against the questionnaire, as on the server: rules/answering.py and rules/paging.py once more, for a telephone
   without signal. The server checks everything again. A test puts the same cases to both, so change neither alone. */

const DATE_PARTS = ['day', 'month', 'year']
const PLACE_LONGEST = 120
const NUMBER = /^-?(\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.\d{1,6})?$/
const WHOLE = /^\d{1,4}$/
const POSTCODE = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]/gu
/* What Python strips, which is not what JavaScript trims. */
const SPACE = '[\\t\\n\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g')
/* What a postcode may have between its parts: Python's \s, full stops and hyphens. */
const BETWEEN = new RegExp(`${SPACE}|[.-]`, 'g')

export const said = (wording, language = 'en') => (wording || {})[language] || (wording || {}).en || ''

/* The names of a question's inputs. */
export function fields (question) {
  if (question.kind === 'date') return DATE_PARTS.map((part) => `${question.code}-${part}`)
  if (question.kind === 'rank') return (question.options || []).map((option) => `${question.code}-${option.code}`)
  return [question.code]
}

export const questionsOf = (instrument) => instrument.sections.flatMap((section) => section.questions)

/* Whether somebody with these answers so far, in this stock, is asked this question. */
export function asks (question, answers, stock = '') {
  if ((question.stock || []).length && stock && !question.stock.includes(stock)) return false
  if (!question.only_if) return true
  const given = answers[question.only_if.question]
  const chosen = Array.isArray(given) ? given : [given]
  return question.only_if.codes.some((code) => chosen.includes(code))
}

/* Answers, what is wrong by question, and which questions were asked, in order. */
export function check (instrument, raw, { stock = '', language = 'en', part = false, silentAllowed = false } = {}) {
  const answers = {}
  const errors = {}
  const asked = []
  for (const question of questionsOf(instrument)) {
    if (!asks(question, answers, stock)) continue
    asked.push(question.code)
    const [answer, error] = read(question, raw, language, silentAllowed)
    if (error) errors[question.code] = error
    else if (answer !== null) answers[question.code] = answer
    else if (question.required && !part) errors[question.code] = missing(question)
  }
  return { answers, errors, asked }
}

export const cleaned = (text) => text.replace(/\r\n/g, '\n').replace(/\r/g, '\n').replace(UNPRINTABLE, '')
const stripped = (text) => cleaned(text).replace(AROUND, '')
const length = (text) => [...text].length

/* [answer, ''] or [null, why not]. */
function read (question, raw, language, silentAllowed) {
  const given = fields(question).map((name) => (raw[name] || []).map(stripped).filter((value) => value))
  if (!given.some((values) => values.length)) return [null, '']
  if (question.kind === 'one' || question.kind === 'scale') return one(question, given[0], silentAllowed)
  if (question.kind === 'many') return many(question, given[0], language, silentAllowed)
  if (question.kind === 'rank') return rank(question, given)
  if (question.kind === 'date') return date(given)
  if (given[0].length > 1) return [null, 'Give one answer only.']
  if (question.kind === 'number') return number(question, given[0][0])
  if (question.kind === 'place') return place(question, given[0][0])
  return text(given[0][0], question.longest ?? 2000)
}

const options = (question, silentAllowed) => (question.options || []).filter((option) => silentAllowed || !option.silent)

function one (question, given, silentAllowed) {
  if (given.length > 1) return [null, 'Choose one answer only.']
  if (!options(question, silentAllowed).some((option) => option.code === given[0])) {
    return [null, 'Choose one of the answers that are shown.']
  }
  return [given[0], '']
}

function many (question, given, language, silentAllowed) {
  const shown = options(question, silentAllowed)
  if (!given.every((code) => shown.some((option) => option.code === code))) {
    return [null, 'Choose only from the answers that are shown.']
  }
  const chosen = shown.filter((option) => given.includes(option.code))
  const alone = chosen.find((option) => option.alone)
  if (alone && chosen.length > 1) {
    return [null, `Choose “${said(alone.words, language)}” by itself, or choose from the other answers.`]
  }
  return [chosen.map((option) => option.code), '']
}

function rank (question, given) {
  const all = question.options || []
  const places = new Map()
  for (const [at, option] of all.entries()) {
    const values = given[at]
    if (!values.length) continue
    const place = values.length === 1 && WHOLE.test(values[0]) ? Number(values[0]) : 0
    if (!(place >= 1 && place <= all.length)) return [null, `Use the numbers 1 to ${all.length} to put these in order.`]
    if (places.has(place)) return [null, `Use each number once. You have used ${place} more than once.`]
    places.set(place, option.code)
  }
  if (Math.max(...places.keys()) !== places.size) return [null, 'Begin with 1 and leave no number out.']
  return [[...places.keys()].sort((a, b) => a - b).map((place) => places.get(place)), '']
}

function date (given) {
  const parts = given.map((values) => (values.length === 1 ? values[0] : ''))
  const lacking = DATE_PARTS.filter((_, at) => !parts[at])
  if (lacking.length) return [null, `The date must have a ${lacking.join(' and a ')}.`]
  const [day, month, year] = parts.map((value) => (WHOLE.test(value) ? Number(value) : 0))
  const real = new Date(Date.UTC(2000, 0, 1))
  real.setUTCFullYear(year, month - 1, day)
  if (!year || real.getUTCFullYear() !== year || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== day) {
    return [null, 'Write a real date in numbers, like 27 3 2026.']
  }
  if (year < 1900 || year > 2200) return [null, 'Write the year in full, like 2026.']
  const two = (value) => String(value).padStart(2, '0')
  return [`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`, '']
}

function number (question, given) {
  if (!NUMBER.test(given)) return [null, 'Write a number in figures, like 3.']
  const value = Number(given.replaceAll(',', ''))
  const lowest = question.lowest ?? null
  const highest = question.highest ?? null
  if ((lowest !== null && value < lowest) || (highest !== null && value > highest)) {
    if (lowest === null) return [null, `Write a number that is ${general(highest)} or less.`]
    if (highest === null) return [null, `Write a number that is ${general(lowest)} or more.`]
    return [null, `Write a number between ${general(lowest)} and ${general(highest)}.`]
  }
  return [value === 0 ? 0 : value, '']
}

/* A number as Python's :g prints it: six figures, and powers of ten beyond a million. */
function general (value) {
  if (value === 0) return '0'
  const exponent = Number(value.toExponential(5).split('e')[1])
  if (exponent < -4 || exponent >= 6) {
    const [figures, power] = value.toExponential(5).split('e')
    const shorter = figures.includes('.') ? figures.replace(/\.?0+$/, '') : figures
    return `${shorter}e${power[0]}${power.slice(1).padStart(2, '0')}`
  }
  return String(Number(value.toPrecision(6)))
}

function place (question, given) {
  if (question.places === 'postcode') {
    const found = POSTCODE.exec(given.toUpperCase().replace(BETWEEN, ''))
    return found ? [`${found[1]} ${found[2]}`, ''] : [null, 'Write a full postcode, like DA1 1DR.']
  }
  const shown = question.options || []
  if (shown.length && !shown.some((option) => option.code === given)) {
    return [null, 'Choose one of the places that are shown.']
  }
  return text(given, PLACE_LONGEST)
}

function text (given, longest) {
  const long = length(given)
  const said = (value) => value.toLocaleString('en-GB')
  if (long > longest) return [null, `Your answer has ${said(long)} characters. Shorten it to ${said(longest)} or fewer.`]
  return [given, '']
}

function missing (question) {
  return {
    many: 'Choose at least one answer.',
    number: 'Write a number.',
    date: 'Write a date.',
    rank: 'Put these in order, beginning with 1.',
    text: 'Write an answer.',
    place: 'Write an answer.'
  }[question.kind] || 'Choose an answer.'
}

/* ── pages ── */

/* The sections with questions in them, those that are only about the person themselves last. */
export function inOrder (instrument) {
  const aboutYou = (section) => section.questions.every((question) => question.characteristic)
  const found = instrument.sections.filter((section) => section.questions.length)
  return [...found.filter((section) => !aboutYou(section)), ...found.filter(aboutYou)]
}

/* The pages of a questionnaire: a list of lists of sections. */
export function steps (instrument) {
  const sections = inOrder(instrument)
  if (!questionsOf(instrument).some((question) => question.only_if)) return [sections]
  return sections.flatMap(parts).map((section) => [section])
}

function parts (section) {
  const runs = [[]]
  for (const question of section.questions) {
    const last = runs[runs.length - 1]
    if (question.only_if && last.some((before) => before.code === question.only_if.question)) runs.push([])
    runs[runs.length - 1].push(question)
  }
  return runs.map((questions, at) => ({ ...section, questions, intro: at ? {} : section.intro }))
}

export const questionsOn = (step) => step.flatMap((section) => section.questions)

/* The number of the next page on which anything is asked (with `back`: of the one before); null: there is none. */
export function nextStep (pages, after, answers, { stock = '', back = false } = {}) {
  for (let at = back ? after - 1 : after + 1; back ? at >= 0 : at < pages.length; at += back ? -1 : 1) {
    if (questionsOn(pages[at]).some((question) => asks(question, answers, stock))) return at
  }
  return null
}
