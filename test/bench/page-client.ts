/** A person at a browser, without the browser: signs in, opens the page of a task, and sends its form. */
import { parse, type HTMLElement } from 'node-html-parser';
import { timed } from './plan-client.js';

export class PageClient {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly baseUrl: string) {}

  /** Signs in as a person of the demonstration. */
  async signIn(personId: string): Promise<void> {
    const form = fieldsOf(await this.open('/sign-in'), '/sign-in');
    await this.follow('/sign-in', { ...form, person: personId });
  }

  /**
   * Takes a step on the page of the person's task for a plan.
   * @param fields what the person fills in, the step's name among them
   * @returns milliseconds from sending the form until the next page is there
   */
  async takeStep(planTitle: string, fields: Record<string, string>): Promise<number> {
    const tasks = await this.open('/tasks');
    const link = tasks.querySelectorAll('a[href^="/tasks/"]').find((one) => one.closest('li, tr, div')?.text.includes(planTitle));
    const path = link?.getAttribute('href');
    if (!path) throw new Error(`No task for the ${planTitle} is among the tasks.`);
    const form = fieldsOf(await this.open(path), path);
    return timed(() => this.follow(path, { ...form, ...fields }));
  }

  private async open(path: string): Promise<HTMLElement> {
    const response = await this.send(path);
    if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}.`);
    return parse(await response.text());
  }

  /** Sends a form and opens the page that its answer leads to. */
  private async follow(path: string, fields: Record<string, string>): Promise<void> {
    const response = await this.send(path, new URLSearchParams(fields));
    const text = await response.text();
    const next = response.headers.get('location');
    if (response.status !== 303 || next === null) throw new Error(`The form of ${path} was answered with ${response.status}: ${text}`);
    await this.open(new URL(next, this.baseUrl).pathname);
  }

  private async send(path: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie };
    const response = await fetch(this.baseUrl + path, { headers, redirect: 'manual', ...(form && { method: 'POST', body: form }) });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return response;
  }
}

/** The hidden fields of the page's form with this action. */
function fieldsOf(page: HTMLElement, action: string): Record<string, string> {
  const form = page.querySelectorAll('form').find((one) => (one.getAttribute('action') ?? action) === action);
  if (!form) throw new Error(`The page has no form for ${action}.`);
  const hidden = form.querySelectorAll('input[type="hidden"]');
  return Object.fromEntries(hidden.map((input) => [input.getAttribute('name') ?? '', input.getAttribute('value') ?? '']));
}
