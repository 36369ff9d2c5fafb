/** The browser and the accessibility check that other tests rely on. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { expectAccessible, launchBrowser } from './browser.js';

const page = (body: string): string =>
  `<!doctype html><html lang="en-GB"><head><title>Plan</title></head><body><main>${body}</main></body></html>`;

describe('the browser for tests', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  it('renders a page and takes a picture of it', async () => {
    const tab = await browser.newPage();
    await tab.setContent(page('<h1>Community Safety</h1>'));
    expect(await tab.getByRole('heading').textContent()).toBe('Community Safety');
    const picture = await tab.screenshot();
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
  });

  it('passes an accessible page and names what is wrong with another', async () => {
    const tab = await browser.newPage();
    await tab.setContent(page('<h1>Plan</h1><label>Target <input name="target"></label>'));
    await expectAccessible(tab);
    await tab.setContent(page('<h1>Plan</h1><input name="target"><p style="color:#ccc;background:#fff">faint</p>'));
    await expect(expectAccessible(tab)).rejects.toThrow(/breaks 2 rules[^]*color-contrast[^]*faint[^]*label \(critical\)/);
  });
});
