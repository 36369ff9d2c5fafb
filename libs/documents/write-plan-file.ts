/** Writes a plan as a file in any of the formats that it can be read back from. */
import type { BusinessPlan } from '../domain/business-plan.js';
import type { PlanFormat } from './plan-format.js';

/** The bytes of the file. Each format's library is loaded only where it is needed. */
export async function writePlanFile(plan: BusinessPlan, format: PlanFormat): Promise<Uint8Array> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (format) {
    case 'text':
      return encode((await import('./write-plan-text.js')).writePlanText(plan));
    case 'html':
      return encode((await import('./write-html.js')).writeHtml(plan));
    case 'docx':
      return (await import('./write-docx.js')).writeDocx(plan);
    case 'xlsx':
      return (await import('./write-xlsx.js')).writeXlsx(plan);
    case 'csv':
      return encode((await import('./write-csv.js')).writeCsv(plan));
    case 'json':
      return encode((await import('./write-plan-json.js')).writePlanJson(plan));
  }
}
