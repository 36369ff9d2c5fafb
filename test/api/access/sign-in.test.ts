/** Where signing in leads. */
import { describe, expect, it } from '@jest/globals';
import { localPath } from '../../../apps/api/access/sign-in.pages.js';

describe('the path after signing in', () => {
  it('is the page that was asked for', () => {
    expect(localPath('/plans/2026-27/community-safety?tab=findings')).toBe('/plans/2026-27/community-safety?tab=findings');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a', '/b'],
  ])('is never somewhere else (%j)', (next) => {
    expect(localPath(next)).toBe('/tasks');
  });
});
