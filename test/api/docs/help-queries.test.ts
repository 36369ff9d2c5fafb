/** What each rule means, for everyone who meets a query. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RULES } from '../../../libs/domain/findings.js';
import { startApi, type ApiUnderTest } from '../api-under-test.js';
import { PlainBrowser } from '../plain-browser.js';

describe('what each rule means', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  it('is told to everyone, each rule at an address of its own, with whom it stops', async () => {
    const { page, status } = await new PlainBrowser(api.app).open('/help/queries');
    expect(status).toBe(200);
    for (const { name, title, explanation, severity } of RULES) {
      const rule = page.getElementById(name);
      expect([name, rule?.querySelector('h3')?.text.toLowerCase()]).toEqual([name, `${title} ${severity}`.toLowerCase()]);
      expect(rule?.text).toContain(explanation);
    }
    const sections = page.querySelectorAll('.plancycle-section').map((section) => section.text);
    expect(sections).toEqual([
      expect.stringContaining('An error stops the submission'),
      expect.stringMatching(/A warning .*stops nobody/),
      expect.stringMatching(/A note .*stops nobody/),
    ]);
  });
});
