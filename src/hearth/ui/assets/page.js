/* Brings the design system's components to life. Every page works without it. */
import { initAll } from './govuk.js'

initAll()
