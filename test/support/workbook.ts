/** Spreadsheet files made by hand, in the shapes that other programs write. */
import { strToU8, zipSync } from 'fflate';

export interface HandmadeSheet {
  name: string;
  /** What stands in `<sheetData>`; or rows of texts, written as inline strings. */
  rows: string | string[][];
  state?: 'hidden' | 'veryHidden';
  /** What stands behind the rows, such as `<mergeCells>`. */
  after?: string;
  /** What stands before them, such as `<cols>`. */
  before?: string;
}

export interface HandmadeWorkbook {
  sheets: HandmadeSheet[];
  /** What stands in `<sst>`. */
  texts?: string;
  /** What stands in `<styleSheet>`. */
  styles?: string;
  properties?: string;
  /** Parts beside these. */
  others?: Record<string, string>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The bytes of such a file. */
export function workbookFile({ sheets, texts = '', styles = '', properties = '', others = {} }: HandmadeWorkbook): Uint8Array {
  const relations = sheets.map((_, index) => `<Relationship Id="r${index}" Type="${OFFICE}/worksheet" Target="worksheets/s${index}.xml"/>`);
  const tabs = sheets.map(
    ({ name, state = 'visible' }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" state="${state}" r:id="r${index}"/>`,
  );
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="a" Type="${OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${properties}<sheets>${tabs.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${relations.join('')}<Relationship Id="t" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="f" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${texts}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`,
  };
  sheets.forEach(({ rows, before = '', after = '' }, index) => {
    const data = typeof rows === 'string' ? rows : rows.map(inlineRow).join('');
    parts[`xl/worksheets/s${index}.xml`] =
      `<?xml version="1.0"?><worksheet xmlns="${MAIN}">${before}<sheetData>${data}</sheetData>${after}</worksheet>`;
  });
  return zipSync(Object.fromEntries(Object.entries({ ...parts, ...others }).map(([name, xml]) => [name, strToU8(xml)])));
}

function inlineRow(cells: string[]): string {
  return `<row>${cells.map((text) => (text === '' ? '<c/>' : `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`)).join('')}</row>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
