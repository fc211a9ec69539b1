/** Words of the frame around all pages of the dashboard. */
export const frameText = {
  navigation: 'Main',
  dashboard: 'Dashboard',
  templates: 'Templates',
  account: (name: string) => `Account of ${name}`,
  profile: 'Profile',
  test: 'Test your connection',
  administration: 'Administration',
  signOut: 'Sign out',
  notifications: 'Notifications',
  unread: (count: number) => `Notifications, ${count} unread`,
  skip: 'Skip to content',
} as const
