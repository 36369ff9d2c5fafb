/** The address of a meeting's page in the council's committee system, and when two addresses mean the same meeting. */

/** As long as any browser takes. */
export const ADDRESS_LIMIT = 2_000;

/** The address as it is kept, or null for what is no http or https address: nothing else becomes a link. */
export function readAddress(text: string): string | null {
  const address = text.trim();
  if (address.length > ADDRESS_LIMIT || !URL.canParse(address)) return null;
  const { protocol, username, password, href } = new URL(address);
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : null;
}

/** The address of a meeting's page in Modern.Gov, which numbers committees and meetings. */
export function modernGovAddress(site: string, committee: string, meeting: string): string | null {
  if (!/^\d{1,9}$/.test(committee) || !/^\d{1,9}$/.test(meeting)) return null;
  return readAddress(`${site.replace(/\/+$/, '')}/ieListDocuments.aspx?CId=${committee}&MId=${meeting}`);
}

/** Where a Modern.Gov address begins, 'https://democracy.broxtowe.gov.uk'; null for any other. */
export function modernGovSite(address: string): string | null {
  return /^(https?:\/\/[^?#]+?)\/(?:ie|mg)\w+\.aspx/i.exec(address)?.[1] ?? null;
}

/** The same for two addresses of one page: Modern.Gov writes them in several ways, but numbers each meeting once. */
export function addressKey(address: string): string {
  const url = new URL(address);
  const number = [...url.searchParams].find(([name]) => /^mid$/i.test(name))?.[1];
  if (number && /\.aspx$/i.test(url.pathname)) return `${url.host} meeting ${number}`;
  return `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}`.toLowerCase();
}
