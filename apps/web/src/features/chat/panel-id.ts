export const CHAT_PANEL_ID = 'chat'
