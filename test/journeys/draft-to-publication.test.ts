import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { PersonAtWork } from '../support/person-at-work.js';
import { startProduct, type Product } from '../support/product.js';

describe('a plan from draft to publication, by the links of the e-mails, without JavaScript', () => {
  let product: Product;
  let browser: Browser;
  let leader: PersonAtWork;
  let gmt: PersonAtWork;
  let clerk: PersonAtWork;
  let anyone: PersonAtWork;

  beforeAll(async () => {
    // The publication date is past, so the plan is published as soon as nothing is missing.
    product = await startProduct('2026-03-25');
    browser = await launchBrowser();
    leader = await PersonAtWork.signIn(browser, product, 'leader');
    gmt = await PersonAtWork.signIn(browser, product, 'gmt');
    clerk = await PersonAtWork.signIn(browser, product, 'clerk');
    anyone = await PersonAtWork.visit(browser, product);
  });
  afterAll(async () => {
    await browser.close();
    await product.stop();
  });

  it('is not public before it is published', async () => {
    const response = await anyone.page.goto('/broxtowe/plans/2026-27/community-safety');
    expect(response?.status()).toBe(404);
    await anyone.checkPage();
  });

  it('the leader is asked for the draft, corrects a target and submits it', async () => {
    await leader.followLink(await leader.receive(/^Draft the Community Safety Business Plan/));
    await leader.page.getByRole('button', { name: 'Edit the draft' }).click();
    await leader.checkPage();
    await leader.page
      .getByRole('link', { name: /^Edit.*ComS_011/ })
      .first()
      .click();
    await leader.checkPage();
    await leader.page.getByLabel(/Target 2026\/27/).fill('1,790');
    await leader.press('Save');
    expect(await leader.text()).toContain('1,790');
    await leader.goTo('/tasks');
    await leader.page.getByRole('link', { name: /^Write and submit the Community Safety/ }).click();
    await leader.press('Submit the plan');
    expect(await leader.text()).toContain('GMT review');
    await leader.receiveInTheMorning(/^Received: Community Safety/);
  });

  it('GMT returns it with a reason, which the leader reads', async () => {
    await gmt.followLink(await gmt.receive(/^For GMT on .*Community Safety/));
    expect(await gmt.text()).toContain('1,790');
    await gmt.page.getByLabel('Return with a reason').check();
    await gmt.press('Send your review');
    expect(await gmt.text()).toContain('Reason');
    expect(await gmt.page.getByRole('alert').innerText()).toMatch(/reason/i);
    await gmt.page.getByRole('textbox', { name: 'Reason' }).fill('Say why the target for ComS_011 is looser than the trend.');
    await gmt.press('Send your review');
    const mail = await leader.receive(/^Returned to you/);
    expect(mail.text).toContain('looser than the trend');
    await leader.followLink(mail);
    expect(await leader.text()).toContain('looser than the trend');
    await leader.press('Submit the plan');
  });

  it('GMT agrees it for committee', async () => {
    await gmt.followLink(await gmt.receive(/^For GMT on .*Community Safety/));
    await gmt.page.getByLabel('Agree for committee').check();
    await gmt.press('Send your review');
  });

  it('the clerk records the approval with its minute', async () => {
    await clerk.followLink(await clerk.receive(/^For Overview and Scrutiny Committee/));
    await clerk.page.getByLabel('Approved', { exact: true }).check();
    await clerk.press('Record the decision');
    expect(await clerk.page.getByRole('alert').innerText()).toMatch(/minute/i);
    await clerk.page.getByLabel('Minute number').fill('42');
    await clerk.press('Record the decision');
    // It comes with the receipt of the second submission.
    const mail = await leader.receiveInTheMorning(/^2 things wait for you, first: Received/);
    expect(mail.text).toMatch(/2\. Approved[^]*42/);
  });

  it('the head of service completes the full plan and signs it off', async () => {
    await leader.followLink(await leader.receive(/^Complete the full/));
    await leader.page.getByRole('button', { name: 'Write and sign off the full plan' }).click();
    await leader.checkPage();
    await leader.press('Save and sign off');
    expect(await leader.page.getByRole('alert').innerText()).toMatch(/still empty/);
    for (const box of await leader.page.getByRole('textbox').all()) await box.fill('- Written **for** the test <b>not bold</b>');
    await leader.press('Save and sign off');
  });

  it('is published, and the public reads it at a lasting address', async () => {
    const mail = await leader.receiveInTheMorning(/^Published/);
    await anyone.followLink(mail);
    const text = await anyone.text();
    expect(text).toContain('Community Safety Business Plan 2026–2029');
    expect(text).toContain('1,790');
    expect(text).toContain('<b>not bold</b>');
    expect(await anyone.page.locator('main b').count()).toBe(0);
    await anyone.goTo('/broxtowe/plans');
    await anyone.goTo('/');
  });

  it('everybody finds the whole story on the plan’s page', async () => {
    for (const person of [leader, gmt, clerk]) {
      await person.goTo('/plans/2026-27/community-safety');
      expect(await person.text()).toContain('42');
      await person.goTo('/tasks');
    }
    for (const path of ['/plans', '/cycle', '/plans/2026-27/community-safety/versions/1', '/inbox']) await leader.goTo(path);
  });
});
