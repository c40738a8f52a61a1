// Sets light or dark before the first paint. A choice made by hand wins over the system's.
(function () {
  var dark = window.matchMedia('(prefers-color-scheme: dark)')
  function apply() {
    var chosen = null
    try {
      chosen = localStorage.getItem('xiaoer-theme')
    } catch (error) {
      // storage is blocked: the system decides
    }
    document.documentElement.dataset.theme = chosen || (dark.matches ? 'dark' : 'light')
  }
  apply()
  dark.addEventListener('change', apply)
  window.addEventListener('storage', apply)
})()
