/* What an interviewer's device keeps: surveys, homes to visit, and answers until they are sent. In IndexedDB, under the
   landlord's own name, so that two landlords at one address do not meet. */

const STORES = { meta: 'key', surveys: 'version', visits: 'ref', items: 'nonce' }

export const nameOf = (home) => `hearth-offline:${home}`

export function open (home) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(nameOf(home), 1)
    asked.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(STORES)) asked.result.createObjectStore(store, { keyPath })
    }
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close()
      resolve(new Store(asked.result))
    }
    asked.onerror = () => reject(asked.error)
    asked.onblocked = () => reject(new Error('Another tab holds the store.'))
  })
}

class Store {
  constructor (database) {
    this.database = database
  }

  /* Do something in one transaction: all of it is kept, or nothing. Resolves once it is on the disk. */
  within (stores, work) {
    return new Promise((resolve, reject) => {
      const going = this.database.transaction(stores, 'readwrite', { durability: 'strict' })
      let answer
      going.oncomplete = () => resolve(answer)
      going.onerror = going.onabort = () => reject(going.error)
      answer = work(...stores.map((name) => going.objectStore(name)))
    })
  }

  put (store, value) {
    return this.within([store], (into) => { into.put(value) })
  }

  remove (store, key) {
    return this.within([store], (from) => { from.delete(key) })
  }

  get (store, key) {
    return this.#read(store, (from) => from.get(key))
  }

  all (store) {
    return this.#read(store, (from) => from.getAll())
  }

  /* What was fetched for somebody takes the place of what was there. Surveys of interviews that were begun stay. */
  async fetched (work) {
    const needed = new Set((await this.all('items')).map((item) => item.version))
    for (const survey of work.surveys) needed.add(survey.version)
    await this.within(['meta', 'surveys', 'visits'], (meta, surveys, visits) => {
      const known = surveys.getAllKeys()
      known.onsuccess = () => known.result.filter((key) => !needed.has(key)).forEach((key) => surveys.delete(key))
      visits.clear()
      for (const { visits: homes, ...survey } of work.surveys) {
        surveys.put({ ...survey, fetched_at: work.at })
        for (const visit of homes) visits.put({ ...visit, survey: survey.id })
      }
      meta.put({ key: 'work', user: work.user, landlord: work.landlord, at: work.at })
    })
  }

  /* Whoever used this device has left it: the homes go. Answers that are not sent stay, and are shown to nobody else. */
  forget () {
    return this.within(['meta', 'visits'], (meta, visits) => {
      meta.clear()
      visits.clear()
    })
  }

  #read (store, ask) {
    return new Promise((resolve, reject) => {
      const asked = ask(this.database.transaction(store).objectStore(store))
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
  }
}
