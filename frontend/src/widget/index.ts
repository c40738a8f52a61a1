/**
 * The chat for any shop page, in one tag:
 * `<script src="https://…/xiaoer-chat.js" data-shop="云朵小铺" data-color="#d9532c" defer></script>`
 * With `data-shop` the element is put into the page; without, the page places `<xiaoer-chat>` itself.
 */

import { XiaoerChat } from './element'
import { ATTRIBUTES } from './looks'

const script = document.currentScript

function place(): void {
  if (!(script instanceof HTMLScriptElement) || !script.dataset.shop || document.querySelector('xiaoer-chat')) return
  const element = document.createElement('xiaoer-chat')
  for (const name of ATTRIBUTES) {
    const value = script.getAttribute(`data-${name}`)
    if (value) element.setAttribute(name, value)
  }
  document.body.append(element)
}

if (!customElements.get('xiaoer-chat')) customElements.define('xiaoer-chat', XiaoerChat)
if (document.body) place()
else document.addEventListener('DOMContentLoaded', place)
