/** The formats that a plan is read from and written in, and how large a file may be. */

export const PLAN_FORMATS = ['text', 'html', 'docx', 'xlsx', 'csv', 'json'] as const;
export type PlanFormat = (typeof PLAN_FORMATS)[number];

export interface FormatFacts {
  /** What people call it. */
  title: string;
  /** With its dot. */
  extension: string;
  mediaType: string;
}

export const FORMAT_FACTS: Record<PlanFormat, FormatFacts> = {
  text: { title: 'Plain text', extension: '.txt', mediaType: 'text/plain; charset=utf-8' },
  html: { title: 'Web page', extension: '.html', mediaType: 'text/html; charset=utf-8' },
  docx: { title: 'Word', extension: '.docx', mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  xlsx: { title: 'Spreadsheet', extension: '.xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  csv: { title: 'CSV', extension: '.csv', mediaType: 'text/csv; charset=utf-8' },
  json: { title: 'JSON', extension: '.json', mediaType: 'application/json' },
};

/** What a plan's file may have, 20 MB: the demonstration's has 20 KB, and a larger one holds pictures or is no plan. */
export const UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024;

/** Why a file beyond the limit is refused. */
export const TOO_LARGE =
  'This file is larger than 20 MB, far more than a plan needs. Take out its pictures, or copy the plan into a new document, and choose that file.';
