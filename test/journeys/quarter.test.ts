import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { PersonAtWork } from '../support/person-at-work.js';
import { startProduct, type Product } from '../support/product.js';

describe('a quarter from the question to Cabinet, by the links of the e-mails, without JavaScript', () => {
  let product: Product;
  let browser: Browser;

  beforeAll(async () => {
    // Past the final report's date: the reports are prepared at once, with what is missing named.
    product = await startProduct('2025-11-18');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  it('an updater gives a figure; what cannot be right is queried and what was typed stays', async () => {
    const updater = await PersonAtWork.signIn(browser, product, { name: 'Karen Bell' });
    await updater.followLink(await updater.receive(/quarterly update/i));
    const figure = updater.page.getByRole('textbox', { name: /ComS_013d/ }).first();
    await figure.fill('nearly all');
    await updater.press(/Save/);
    expect(await updater.page.getByRole('alert').innerText()).toMatch(/nearly all|figure|number/i);
    expect(await figure.inputValue()).toBe('nearly all');
    await figure.fill('83%');
    await updater.press(/Save/);
    await updater.goTo('/tasks');
    expect(await updater.text()).not.toContain('Quarter 2');
    await updater.leave();
  });

  it('GMT gets the report first, and the clerk records that Cabinet noted the final one', async () => {
    const gmt = await PersonAtWork.signIn(browser, product, 'gmt');
    await gmt.followLink(await gmt.receive(/^For GMT on .*Quarter 2/));
    expect(await gmt.text()).toContain('ComS_24');
    const clerk = await PersonAtWork.signIn(browser, product, 'clerk');
    await clerk.followLink(await clerk.receive(/^For Cabinet on .*Quarter 2/));
    await clerk.page.getByLabel(/minute/i).fill('77');
    await clerk.press(/noted/i);
    expect(await clerk.text()).toMatch(/[Cc]losed|noted/);
    await clerk.goTo('/monitoring');
    const performance = await PersonAtWork.signIn(browser, product, 'performance');
    await performance.receiveInTheMorning(/^Closed: Quarter 2/);
    await performance.goTo('/people');
    for (const one of [gmt, clerk, performance]) await one.leave();
  });
});
