/* Talking with the server. Nothing goes from the device before the server has said what became of it, so that an answer
   that got lost on the way, or a server that failed in the middle, costs a second sending and no answers: the server
   knows each interview by its number and takes it once. */

const BATCH = 20 // interviews in one request
const PATIENCE = 30000 // milliseconds for one request

/* Whether a home is done with: somebody comes back where nobody answered or who asked for another time. */
const COME_BACK = ['no_answer', 'later']
export const settles = (item) => item.kind === 'answers' || !COME_BACK.includes(item.outcome)

export class SignedOut extends Error {}

/* The answer as JSON; throws a sentence that can be shown. */
export async function call (address, options = {}) {
  let answer
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    answer = await fetch(address, { ...options, credentials: 'same-origin', redirect: 'manual', cache: 'no-store', signal })
  } catch {
    throw new Error('There is no signal, or the server does not answer')
  }
  if (answer.type === 'opaqueredirect' || answer.status === 403) throw new SignedOut('You are signed out, or may not ask any more')
  if (!answer.ok) throw new Error('The server cannot take this at the moment')
  try {
    return await answer.json()
  } catch {
    throw new Error('The server answered something that cannot be read')
  }
}

/* Send what is finished, some at a time. What was taken goes; what was not stays, with the reason. Gives what to say. */
export async function sendAll (store, told) {
  const mine = await store.get('meta', 'work')
  if (!mine || !navigator.onLine) return ''
  let taken = 0
  let refused = 0
  for (;;) {
    const waits = (await store.all('items')).filter((item) => item.state === 'waiting' && item.owner === mine.user.id).slice(0, BATCH)
    if (!waits.length) break
    const { user, token } = await call(told.work)
    if (user.id !== mine.user.id) throw new Error(`${user.name} is signed in, and these are of ${mine.user.name}`)
    const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token }
    const { fates } = await call(told.in, { method: 'POST', body: JSON.stringify({ items: waits }), headers })
    const byNonce = new Map(fates.map((fate) => [fate.nonce, fate]))
    for (const item of waits) {
      const fate = byNonce.get(item.nonce)
      if (!fate) throw new Error('The server did not say what became of everything')
      if (fate.fate === 'refused') {
        await store.put('items', { ...item, state: 'refused', why: fate.why })
        refused += 1
      } else {
        await store.within(['items', 'visits'], (items, visits) => {
          items.delete(item.nonce)
          if (item.ref && settles(item)) visits.delete(item.ref)
        })
        taken += 1
      }
    }
  }
  if (!taken && !refused) return ''
  return `${taken} sent.${refused ? ` ${refused} could not be taken: see below.` : ''}`
}
