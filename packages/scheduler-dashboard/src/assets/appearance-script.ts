/**
 * Sets the appearance that the viewer chose before anything is painted. A file of its own, because the policy allows no
 * inline script.
 */
export const APPEARANCE_SCRIPT = `try {
  var chosen = localStorage.getItem('scheduler-theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch (refused) {}
`
