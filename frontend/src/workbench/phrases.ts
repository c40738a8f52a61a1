/** What the workbench calls things that the gateway names by key. */

import type { InboxReason } from './model'

/** Why a message is in the inbox. */
export const REASONS: Record<InboxReason, string> = {
  uncertain: '没把握',
  asked_back: '反问了客户',
  handed_over: '没答好，转了人工',
  rejected: '推荐的话术客服没用',
}
