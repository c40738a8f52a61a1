/** What the chat is about when she has chosen it herself, over what the page says. */

import type { OrderSummary } from './gateway'
import type { Looks } from './looks'
import { PRODUCT, orderQuestions } from './questions'
import type { Viewed } from './recent'

export type Subject = { order: OrderSummary } | { product: Viewed }

export function about(looks: Looks, subject: Subject | null): Looks {
  if (!subject) return looks
  const { page } = looks.context
  if ('order' in subject) {
    const { id, state, state_text, lines } = subject.order
    const order = { name: lines[0]?.name ?? id, note: state_text, image: lines[0]?.image ?? null }
    return { ...looks, product: null, order, questions: orderQuestions(state), context: { order_id: id, page } }
  }
  const { id, name, image, price } = subject.product
  const isOfPage = looks.context.product_id === id
  return {
    ...looks,
    order: null,
    product: { name, image, price },
    questions: isOfPage ? looks.questions : PRODUCT,
    context: { product_id: id, page },
  }
}

/** Two texts are equal when the chat is about the same thing on the same page. */
export function subjectKey({ context }: Looks): string {
  return [context.product_id, context.order_id, context.page].map((part) => part ?? '').join('|')
}
