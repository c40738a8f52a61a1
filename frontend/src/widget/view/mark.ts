/** The shop's small cloud, drawn in place: it takes the shop's colour and needs no request. */

const SVG = 'http://www.w3.org/2000/svg'
const CLOUD = 'M7.2 17.5a4 4 0 0 1-.3-8A5.8 5.8 0 0 1 18 8.7a4.4 4.4 0 0 1-.2 8.8Z'

export function shopMark(): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', CLOUD)
  svg.append(path)
  return svg
}
