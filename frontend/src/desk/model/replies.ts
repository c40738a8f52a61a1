/** What an agent may say: suggestions and phrases. */

export interface Suggestion {
  faq_id: string
  script_id: string
  question: string
  text: string
  score: number
  /** The shop's own picture that goes out with it. */
  image?: string | null
}

/** A line of the "/" palette (GET /api/desk/phrases); the text keeps its variables and blanks. */
export interface Phrase {
  id: string
  group: string
  title: string
  text: string
  initials: string
  pinyin: string
  is_campaign: boolean
  valid_to: string | null
  /** The shop's own picture that goes out with it. */
  image?: string | null
}
