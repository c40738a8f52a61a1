/** The widget's one style sheet, in the order in which later rules win. */

import adapt from './adapt.css?inline'
import base from './base.css?inline'
import cards from './cards.css?inline'
import foot from './foot.css?inline'
import frame from './frame.css?inline'
import sheet from './sheet.css?inline'
import tables from './tables.css?inline'
import transcript from './transcript.css?inline'

export default [base, frame, sheet, transcript, cards, tables, foot, adapt].join('\n')
