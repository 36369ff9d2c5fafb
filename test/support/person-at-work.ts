/** A person with a browser that runs no JavaScript: reads their mail, follows its links, fills in forms. Every page is checked with axe. */
import { readInbox, type InboxMessage } from '../../libs/email/inbox.js';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectAccessible } from './browser.js';
import type { Product } from './product.js';
import { people, until, type PersonInTest } from './running-council.js';

/** The pages that were checked so far, by the form of their address. */
export const checkedPages = new Set<string>();

export class PersonAtWork {
  private readonly read = new Set<string>();

  private constructor(
    private readonly product: Product,
    readonly name: string,
    private readonly context: BrowserContext,
    readonly page: Page,
    private readonly withScripts: BrowserContext,
  ) {}

  /** Somebody who signs in as one of the demonstration's people. */
  static async signIn(browser: Browser, product: Product, who: PersonInTest | { name: string }): Promise<PersonAtWork> {
    const name = typeof who === 'string' ? people[who] : who.name;
    const context = await browser.newContext({ baseURL: product.baseUrl, javaScriptEnabled: false });
    // What a page lacks should be told before the test's own limit is over.
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel(name, { exact: true }).check();
    await page.getByRole('button', { name: 'Sign in' }).click();
    const storageState = await context.storageState();
    const withScripts = await browser.newContext({ baseURL: product.baseUrl, storageState });
    return new PersonAtWork(product, name, context, page, withScripts);
  }

  /** A member of the public, who does not sign in. */
  static async visit(browser: Browser, product: Product): Promise<PersonAtWork> {
    const context = await browser.newContext({ baseURL: product.baseUrl, javaScriptEnabled: false });
    return new PersonAtWork(
      product,
      'the public',
      context,
      await context.newPage(),
      await browser.newContext({ baseURL: product.baseUrl }),
    );
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(path);
    await this.checkPage();
  }

  /** Checks the page that is shown, in a browser that runs scripts, once for each form of address. */
  async checkPage(): Promise<void> {
    const { pathname } = new URL(this.page.url());
    const form = pathname.replaceAll(/[0-9a-f-]{36}/g, ':id').replaceAll(/\d{8}T[^/]+/g, ':id');
    if (checkedPages.has(form)) return;
    const page = await this.withScripts.newPage();
    await page.goto(this.page.url());
    await expectAccessible(page);
    await page.close();
    checkedPages.add(form);
  }

  /** Waits for the next e-mail that this person has not read, whose subject matches. */
  async receive(subject: RegExp, beforeLooking: () => Promise<unknown> = () => Promise.resolve()): Promise<InboxMessage> {
    const address = `${this.name.toLowerCase().replaceAll(' ', '.')}@broxtowe.example`;
    let unread: InboxMessage[] = [];
    let found: InboxMessage | undefined;
    await until(
      async () => {
        await beforeLooking();
        const mail = await readInbox(this.product.servers.inbox?.folder ?? '');
        unread = mail.reverse().filter(({ id, to }) => to.includes(address) && !this.read.has(id));
        found = unread.find((message) => subject.test(message.subject));
        return found !== undefined;
      },
      () => `${subject} to ${address}, who has ${unread.map((message) => `"${message.subject}"`).join(', ') || 'no mail'}`,
    );
    this.read.add(found!.id);
    return found!;
  }

  /** The same where the next morning has to come first: digests leave now. */
  async receiveInTheMorning(subject: RegExp): Promise<InboxMessage> {
    const comes = `update message set next_attempt_at = now() where status = 'queued' and attempts = 0 and next_attempt_at > now()`;
    return this.receive(subject, () => this.product.orm.em.fork().execute(comes));
  }

  /** Opens the one link of an e-mail. */
  async followLink(mail: InboxMessage): Promise<void> {
    const links = mail.text.match(/https?:\/\/\S+/g) ?? [];
    if (links.length !== 1) throw new Error(`"${mail.subject}" has ${links.length} links.`);
    await this.goTo(links[0]);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }

  async text(): Promise<string> {
    return this.page.locator('main').innerText();
  }

  async leave(): Promise<void> {
    await this.context.close();
    await this.withScripts.close();
  }
}
