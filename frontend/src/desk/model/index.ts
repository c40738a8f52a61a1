/** What the desk is told by the gateway (bot/desk/shapes.py, bot/web/desk.py), and the page's own additions. */

export * from './chats'
export * from './orders'
export * from './people'
export * from './promises'
export * from './remedies'
export * from './replies'
