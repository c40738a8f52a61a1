/** Light or dark. `public/theme.js` applies it before the first paint; this changes it. */

export type Theme = 'light' | 'dark'

const KEY = 'xiaoer-theme'

export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
}

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // storage is blocked: the choice lasts as long as the page
  }
}
