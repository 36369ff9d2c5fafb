/** The main navigation, in its order. An entry shows once its page exists and only to people whom its page's policy lets in. */

export const NAVIGATION: readonly { text: string; href: string }[] = [
  { text: 'Your tasks', href: '/tasks' },
  { text: 'Plans', href: '/plans' },
  { text: 'Board', href: '/cycle' },
  { text: 'Meetings', href: '/meetings' },
  { text: 'Monitoring', href: '/monitoring' },
  { text: 'People', href: '/people' },
];
