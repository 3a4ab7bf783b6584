/* Asking at the door: works wholly without a signal, keeps every answer as it is typed, and sends what is finished when
   there is a signal again. Nothing goes from the device before the server has said what became of it. */

const root = document.querySelector('[data-offline]')
const told = root.dataset
const [rules, stores, draw, server] = await Promise.all([told.rules, told.store, told.draw, told.server].map((one) => import(one)))
const { make, paragraph, button } = draw
const store = await stores.open(told.home)
const heading = document.querySelector('h1')
const ending = document.title.slice(heading.textContent.trim().length)

const OUTCOMES = [
  ['no_answer', 'Nobody answered'], ['later', 'Asked to come back another time'], ['refused', 'Does not wish to take part'],
  ['interpreter', 'Needs an interpreter'], ['unable', 'Not able to take part now'], ['wrong', 'Wrong address']
]
let notice = ''

const nonce = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const now = () => new Date().toISOString()

/* ── going from view to view: each has an address, so that a reload or a crash comes back to it ── */

const VIEWS = { '': home, ask, visit, drop }
addEventListener('hashchange', () => show())
const go = (...parts) => {
  const wanted = parts.length ? `#${parts.join('/')}` : '#'
  if (location.hash === wanted || (wanted === '#' && !location.hash)) show()
  else location.hash = wanted
}

async function show () {
  const [view, ...rest] = location.hash.slice(1).split('/')
  if (view) notice = ''
  const [title, ...inside] = await (VIEWS[view] || home)(...rest)
  if (title === null) return
  heading.textContent = title
  document.title = title + ending
  root.replaceChildren(...inside.filter((part) => part))
  window.scrollTo(0, 0)
  heading.setAttribute('tabindex', '-1')
  heading.focus({ preventScroll: true })
}

const away = () => { go(); return [null] }

/* ── the first view: what to do, what waits ── */

async function home () {
  const [work, surveys, visits, items] = await Promise.all([
    store.get('meta', 'work'), store.all('surveys'), store.all('visits'), store.all('items')
  ])
  const inside = [status()]
  if (!work) {
    inside.push(paragraph('Fetch your work while you have a signal. Afterwards this page works without one, also when you close it and open it again.', 'govuk-body-l'))
    inside.push(click('Fetch my work', () => fetchWork(), ''))
    const others = items.filter((item) => item.state !== 'begun').length
    if (others) inside.push(paragraph(`${others} finished on this device and not sent yet: sign in as who asked, and fetch your work, to send.`))
    return ['Ask at the door', ...inside]
  }
  const mine = items.filter((item) => item.owner === work.user.id)
  inside.push(...waiting(mine), ...begun(mine))
  const dealt = new Set(mine.filter((item) => item.state !== 'begun' && server.settles(item)).map((item) => item.ref))
  const current = latest(surveys, work)
  for (const survey of current) {
    const homes = visits.filter((one) => one.survey === survey.id && !dealt.has(one.ref) && new Date(one.until) > new Date())
    inside.push(make('h2', { class: 'govuk-heading-m' }, survey.title))
    if (survey.open_to_all) inside.push(click(`Begin an interview: ${survey.title}`, () => begin(survey, null), 'govuk-button--secondary'))
    if (homes.length) inside.push(homesTable(survey, homes, mine))
    else if (!survey.open_to_all) inside.push(paragraph('No homes are on your list.'))
  }
  if (!current.length) inside.push(paragraph('No survey is open that is asked face to face.'))
  const others = items.length - mine.length
  if (others) inside.push(paragraph(`${others} of another interviewer are on this device, and are sent when they sign in here.`))
  inside.push(make('h2', { class: 'govuk-heading-m' }, 'This device'))
  inside.push(paragraph(`Fetched by ${work.user.name} on ${spokenMoment(work.at)}.`))
  inside.push(make('div', { class: 'govuk-button-group' },
    click('Fetch my work again', () => fetchWork(), 'govuk-button--secondary'),
    click('Take my work off this device', () => takeOff(mine), 'govuk-button--secondary')))
  return ['Ask at the door', ...inside]
}

const latest = (surveys, work) => {
  const found = new Map()
  for (const survey of surveys) {
    if (survey.fetched_at === work.at) found.set(survey.id, survey)
  }
  return [...found.values()]
}

function waiting (mine) {
  const waits = mine.filter((item) => item.state === 'waiting')
  const refused = mine.filter((item) => item.state === 'refused')
  const found = []
  if (waits.length) {
    found.push(make('div', { class: 'govuk-inset-text' },
      paragraph(`${waits.length} finished and not sent yet. They are safe on this device.`), click('Send now', () => send(true), '')))
  }
  if (refused.length) {
    found.push(make('h2', { class: 'govuk-heading-m' }, 'Could not be taken'))
    found.push(make('ul', { class: 'govuk-list govuk-list--bullet' }, ...refused.map((item) =>
      make('li', {}, `${item.label}: ${item.why} `, click('Try again', () => again(item), 'link', item.label), ' ',
        make('a', { class: 'govuk-link', href: `#drop/${item.nonce}` }, 'Delete', hidden(` the answers of ${item.label}`))))))
  }
  return found
}

function begun (mine) {
  const open = mine.filter((item) => item.state === 'begun')
  if (!open.length) return []
  return [
    make('h2', { class: 'govuk-heading-m' }, 'Interviews that are not finished'),
    make('ul', { class: 'govuk-list govuk-list--bullet' }, ...open.map((item) =>
      make('li', {}, make('a', { class: 'govuk-link', href: `#ask/${item.nonce}` }, `Go on: ${item.label}`), `, begun on ${spokenMoment(item.startedAt)}`)))
  ]
}

function homesTable (survey, homes, mine) {
  const rows = homes.map((one) => {
    const already = mine.find((item) => item.ref === one.ref && item.state === 'begun')
    const label = one.address.join(', ')
    return make('tr', { class: 'govuk-table__row', role: 'row' },
      make('th', { class: 'govuk-table__header', scope: 'row', role: 'rowheader' }, label, ...one.to_know.map((line) => make('div', { class: 'govuk-hint govuk-!-margin-bottom-0' }, line))),
      make('td', { class: 'govuk-table__cell', role: 'cell' }, make('ul', { class: 'govuk-list govuk-!-margin-bottom-0' },
        make('li', {}, already ? make('a', { class: 'govuk-link', href: `#ask/${already.nonce}` }, 'Go on', hidden(` at ${label}`)) : click('Ask', () => begin(survey, one), 'link', label)),
        make('li', {}, make('a', { class: 'govuk-link', href: `#visit/${encodeURIComponent(one.ref)}` }, 'No interview', hidden(` at ${label}`))))))
  })
  return make('table', { class: 'govuk-table', role: 'table' },
    make('caption', { class: 'govuk-table__caption govuk-table__caption--s' }, `Homes to visit: ${homes.length}`),
    make('tbody', { class: 'govuk-table__body', role: 'rowgroup' }, ...rows))
}

const hidden = (words) => make('span', { class: 'govuk-visually-hidden' }, words)

function click (words, deed, kind, about = '') {
  const more = about ? [hidden(` ${about}`)] : []
  const made = make('button', { type: 'button', class: kind === 'link' ? 'hearth-link-button' : `govuk-button ${kind}`.trim() }, words, ...more)
  made.addEventListener('click', () => once(made, deed))
  return made
}

/* A second click while the first is being done does nothing. */
async function once (pressed, deed) {
  if (pressed.disabled) return
  pressed.disabled = true
  try {
    await deed()
  } catch (problem) {
    tell(`This could not be done on this device: ${problem.message || problem}. Nothing was lost.`)
  } finally {
    pressed.disabled = false
  }
}

const status = () => make('p', { class: 'govuk-body', role: 'status', id: 'status' }, notice || (navigator.onLine ? '' : 'There is no signal. Everything is kept on this device.'))

function tell (words) {
  notice = words
  const line = document.getElementById('status')
  if (line) line.textContent = words
}

const spokenMoment = (moment) => new Date(moment).toLocaleString('en-GB', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })

/* ── an interview ── */

async function begin (survey, home_) {
  const work = await store.get('meta', 'work')
  const languages = survey.content.languages || ['en']
  const item = {
    nonce: nonce(), kind: 'answers', owner: work.user.id, survey: survey.id, version: survey.version,
    ref: home_ ? home_.ref : '', label: home_ ? home_.address.join(', ') : survey.title, stock: (home_ && home_.stock) || survey.stock,
    language: home_ && languages.includes(home_.language) ? home_.language : languages[0],
    raw: {}, step: -1, state: 'begun', startedAt: now()
  }
  await store.put('items', item)
  go('ask', item.nonce)
}

async function ask (number) {
  const item = await store.get('items', number)
  const work = await store.get('meta', 'work')
  const survey = item && await store.get('surveys', item.version)
  if (!item || !work || item.state !== 'begun' || item.owner !== work.user.id || !survey) return away()
  const pages = rules.steps(survey.content)
  if (item.step < 0) return introduction(item, survey, work, pages)
  if (item.step >= pages.length) return last(item, survey, pages)
  return questions(item, survey, pages, {})
}

function introduction (item, survey, work, pages) {
  const read = [
    paragraph(`Hello, my name is ${work.user.name}. I am here for ${work.landlord}.`),
    ...draw.paragraphs(rules.said(survey.content.intro, item.language), item.language),
    paragraph('You do not have to take part, and it makes no difference to the service that you get. You can leave out any question and stop at any time.'),
    paragraph(survey.secrecy)
  ]
  const on = click('Begin the questions', async () => {
    await change(item, { step: rules.nextStep(pages, -1, {}, { stock: item.stock }) ?? pages.length })
    go('ask', item.nonce)
  }, '')
  return [survey.title, backHome(), paragraph(item.label), languagesOf(item, survey), make('h2', { class: 'govuk-heading-m' }, 'Read out'), make('div', { class: 'govuk-inset-text' }, ...read), on]
}

function languagesOf (item, survey) {
  const languages = survey.content.languages || ['en']
  if (languages.length < 2) return null
  const box = make('select', { class: 'govuk-select', id: 'language' }, ...languages.map((code) =>
    make('option', { value: code, selected: code === item.language }, survey.languages[code] || code)))
  box.addEventListener('change', async () => { await change(item, { language: box.value }); show() })
  return make('div', { class: 'govuk-form-group' }, make('label', { class: 'govuk-label', for: 'language' }, 'Language of the questions'), box)
}

const checkOf = (item, survey, part = true) =>
  rules.check(survey.content, item.raw, { stock: item.stock, language: item.language, part, silentAllowed: true })

function questions (item, survey, pages, errors) {
  const step = pages[item.step]
  const answers = checkOf(item, survey).answers
  const inside = step.flatMap((section) => {
    const asked = section.questions.filter((question) => rules.asks(question, answers, item.stock))
    if (!asked.length) return []
    const aboutYou = asked.every((question) => question.characteristic)
    const title = rules.said(section.title, item.language)
    const consent = rules.said(survey.content.consent, item.language) || 'We ask these questions to see whether we treat everybody fairly. You do not have to answer them.'
    return [
      title ? make('h2', { class: 'govuk-heading-m', ...draw.spoken(item.language) }, title) : null,
      ...(aboutYou ? draw.paragraphs(consent, item.language) : []),
      ...draw.paragraphs(rules.said(section.intro, item.language), item.language),
      ...asked.map((question) => draw.drawQuestion(rules, question, item.raw, item.language, errors[question.code]))
    ]
  })
  const form = make('form', { novalidate: true, autocomplete: 'off' }, ...inside.filter((part) => part),
    make('div', { class: 'govuk-button-group' }, button('Continue'), button('Back', { kind: 'govuk-button--secondary', value: 'back' })))
  const names = new Set(rules.questionsOn(step).flatMap(rules.fields))
  const keep = () => {
    const before = Object.entries(item.raw).filter(([name]) => !names.has(name))
    return change(item, { raw: { ...Object.fromEntries(before), ...draw.typedIn(form) } })
  }
  form.addEventListener('input', keep)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    await keep()
    await onward(item, survey, pages, event.submitter?.value === 'back')
  })
  const found = Object.keys(errors).length
    ? draw.summary(rules.questionsOn(step).filter((question) => errors[question.code]).map((question) =>
      ({ text: `“${rules.said(question.words, item.language).slice(0, 70)}” ${errors[question.code]}`, href: `#q-${rules.fields(question)[0]}` })))
    : null
  found?.addEventListener('click', jump)
  return [survey.title, found, backHome(), paragraph(`${item.label}. Page ${item.step + 1} of ${pages.length}.`), form]
}

/* A link to an answer must not change the address, which says what is shown. */
function jump (event) {
  const link = event.target.closest('a')
  if (!link) return
  event.preventDefault()
  const wanted = document.getElementById(link.getAttribute('href').slice(1)) || document.getElementsByName(link.getAttribute('href').slice(3))[0]
  wanted?.focus()
}

async function onward (item, survey, pages, back) {
  const { errors, answers } = checkOf(item, survey, false)
  if (back) {
    await change(item, { step: rules.nextStep(pages, item.step, answers, { stock: item.stock, back: true }) ?? -1 })
    return show()
  }
  const here = Object.fromEntries(rules.questionsOn(pages[item.step]).filter((question) => errors[question.code]).map((question) => [question.code, errors[question.code]]))
  if (Object.keys(here).length) {
    const [, ...inside] = questions(item, survey, pages, here)
    root.replaceChildren(...inside.filter((part) => part))
    root.querySelector('.govuk-error-summary').focus()
    return
  }
  await change(item, { step: rules.nextStep(pages, item.step, answers, { stock: item.stock }) ?? pages.length })
  show()
}

function last (item, survey, pages) {
  const wrong = pages.findIndex((step) => rules.questionsOn(step).some((question) => checkOf(item, survey, false).errors[question.code]))
  const read = [...draw.paragraphs(rules.said(survey.content.complain, item.language), item.language), ...draw.paragraphs(rules.said(survey.content.thanks, item.language) || 'Thank you for your time.', item.language)]
  const finish = click('Finish', async () => {
    if (wrong >= 0) { await change(item, { step: wrong }); const [, ...inside] = questions(item, survey, pages, checkOf(item, survey, false).errors); return root.replaceChildren(...inside.filter((part) => part)) }
    await change(item, { state: 'waiting', finishedAt: now() })
    tell('Finished and kept on this device.')
    go()
    send(false)
  }, '')
  const back = click('Back', async () => {
    await change(item, { step: rules.nextStep(pages, pages.length, checkOf(item, survey).answers, { stock: item.stock, back: true }) ?? -1 })
    show()
  }, 'govuk-button--secondary')
  return [survey.title, backHome(), paragraph('There are no more questions.', 'govuk-body-l'), make('h2', { class: 'govuk-heading-m' }, 'Read out'),
    make('div', { class: 'govuk-inset-text' }, ...read), make('div', { class: 'govuk-button-group' }, finish, back)]
}

const backHome = (words = 'Stop here and go on later') => make('p', { class: 'govuk-body' }, make('a', { class: 'govuk-link', href: '#' }, words))

async function change (item, changes) {
  Object.assign(item, changes)
  await store.put('items', { ...item })
}

/* ── a visit without an interview ── */

async function visit (coded) {
  const ref = decodeURIComponent(coded || '')
  const [work, found] = await Promise.all([store.get('meta', 'work'), store.get('visits', ref)])
  if (!work || !found) return away()
  const survey = latest(await store.all('surveys'), work).find((one) => one.id === found.survey)
  const radios = OUTCOMES.map(([code, words], at) => make('div', { class: 'govuk-radios__item' },
    make('input', { class: 'govuk-radios__input', type: 'radio', name: 'outcome', id: at ? `outcome-${at + 1}` : 'outcome', value: code }),
    make('label', { class: 'govuk-label govuk-radios__label', for: at ? `outcome-${at + 1}` : 'outcome' }, words)))
  const error = make('p', { class: 'govuk-error-message', id: 'outcome-error', role: 'alert' })
  const form = make('form', { novalidate: true },
    make('div', { class: 'govuk-form-group' }, make('fieldset', { class: 'govuk-fieldset', 'aria-describedby': 'outcome-error' },
      make('legend', { class: 'govuk-fieldset__legend govuk-fieldset__legend--m' }, 'What came of the visit?'), error, make('div', { class: 'govuk-radios' }, ...radios))),
    make('div', { class: 'govuk-form-group' }, make('label', { class: 'govuk-label', for: 'note' }, 'Note for whoever comes next (optional)'),
      make('input', { class: 'govuk-input', id: 'note', name: 'note', type: 'text', maxlength: '300', autocomplete: 'off' })),
    button('Save'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const typed = draw.typedIn(form)
    if (!typed.outcome) { error.textContent = 'Say what came of the visit.'; form.querySelector('input').focus(); return }
    await store.put('items', {
      nonce: nonce(), kind: 'visit', owner: work.user.id, survey: found.survey, version: survey ? survey.version : 0, ref, label: found.address.join(', '),
      outcome: typed.outcome[0], note: (typed.note || [''])[0], state: 'waiting', finishedAt: now()
    })
    tell('Kept on this device.')
    go()
    send(false)
  })
  return ['No interview', backHome('Back'), paragraph(found.address.join(', ')), form]
}

/* ── the server: fetching work, sending what is finished ── */

async function fetchWork () {
  try {
    await store.fetched(await server.call(told.work))
    await navigator.storage?.persist?.()
    tell('Your work is on this device. You can go where there is no signal.')
  } catch (problem) {
    tell(`${problem.message}.`)
    if (problem instanceof server.SignedOut) signIn()
    return
  }
  go()
  send(false)
}

function signIn () {
  const line = document.getElementById('status')
  line?.append(' ', make('a', { class: 'govuk-link', href: told.signIn }, 'Sign in'))
}

let sending = null

/* One sending at a time; `said`: somebody pressed the button and wants to hear. */
function send (said) {
  sending ??= server.sendAll(store, told)
    .then((words) => { if (words || said) tell(words || 'Everything is sent.') }, (problem) => {
      tell(`${problem.message}. Nothing was lost: it is sent later.`)
      return problem
    })
    .then(async (problem) => {
      sending = null
      if (!location.hash.slice(1)) await refresh()
      if (problem instanceof server.SignedOut) signIn()
    })
  return sending
}

async function refresh () {
  const [, ...inside] = await home()
  root.replaceChildren(...inside.filter((part) => part))
}

async function again (item) {
  await store.put('items', { ...item, state: 'waiting', why: '' })
  await send(true)
}

/* Answers that the server does not take go only when somebody says so twice. */
async function drop (number) {
  const [work, item] = await Promise.all([store.get('meta', 'work'), store.get('items', number)])
  if (!work || !item || item.state !== 'refused' || item.owner !== work.user.id) return away()
  const gone = click('Delete these answers for good', async () => {
    await store.remove('items', item.nonce)
    tell('Deleted.')
    go()
  }, 'govuk-button--warning')
  return ['Delete answers', backHome('Keep them'), paragraph(`${item.label}: ${item.why}`), paragraph('Nobody can bring them back.'), gone]
}

async function takeOff (mine) {
  if (mine.length) return tell(`${mine.length} on this device are not sent yet. Finish and send them first, so that nothing is lost.`)
  await store.forget()
  tell('Your work is off this device.')
  show()
}

/* ── beginning ── */

async function start () {
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register(told.worker, { scope: told.home, updateViaCache: 'none' }).catch(() => tell('This browser does not let the page work without a signal.'))
  }
  addEventListener('online', () => { tell('There is a signal again.'); send(false) })
  addEventListener('offline', () => tell('There is no signal. Everything is kept on this device.'))
  await show()
  send(false)
}

await start()
