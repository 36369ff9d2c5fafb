/** What a meeting's title says besides the body: that it is off or put off, that it is an extraordinary one, and its day once more. */

export interface MeetingTitle {
  /** The body in the title's own words. */
  body: string;
  cancelled: boolean;
  /** Put off: it is not held on this day, and the title may or may not say when it is. */
  postponed: boolean;
  extraordinary: boolean;
}

const OFF = String.raw`(?:cancell?ed|called off|abandoned)`;
const PUT_OFF = String.raw`(?:postponed|deferred|(?:moved|re-?scheduled|re-?arranged)(?=\s+to\b))`;
/** On a new day: the meeting is held. */
const FROM = String.raw`(?:postponed|deferred|moved|re-?scheduled|re-?arranged|adjourned)(?=\s+from\b)`;
const MARK = String.raw`\s*[:;,.()[\]–—-]\s*`;
const REASON = String.raw`(?=\W*$|\s+(?:from|to|until|till|due|owing|because|as|by|for|on)\b|\s*[:;,.()[\]–—-])`;
const DAY = String.raw`(?:on\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,?\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)`;

/** Each as a title begins, and as it ends; what is found is taken out, and the rest is looked at again. */
const SAID: { what: 'held' | 'cancelled' | 'postponed' | 'extraordinary' | 'day'; patterns: RegExp[] }[] = [
  { what: 'held', patterns: around(FROM) },
  { what: 'cancelled', patterns: around(OFF) },
  { what: 'postponed', patterns: around(PUT_OFF, 'postponed') },
  {
    what: 'extraordinary',
    patterns: [/^\W*extraordinary\b\W*(?=\w)/i, /[\s,:;.([–—-]+extraordinary(\s+meeting)?\W*$/i],
  },
  {
    what: 'day',
    patterns: [
      new RegExp(String.raw`^\W*${DAY}${MARK}`, 'i'),
      new RegExp(String.raw`[\s,:;(–—-]+${DAY}\b.*$`, 'i'),
      /,?\s+(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+\d.*$/i,
    ],
  },
];

/** 'CANCELLED: Cabinet', 'Cabinet – Postponed (no business)', 'Council (Extraordinary)', 'Cabinet, Tuesday, 3rd February, 2026'. */
export function readMeetingTitle(title: string): MeetingTitle {
  const said = new Set<string>();
  let body = trimmed(title);
  for (let found = nextSaid(body); found; found = nextSaid(body)) {
    said.add(found.what);
    body = found.rest;
  }
  return { body, cancelled: said.has('cancelled'), postponed: said.has('postponed'), extraordinary: said.has('extraordinary') };
}

/** What leaves nothing over when it is taken out is the name itself. */
function nextSaid(title: string): { what: string; rest: string } | undefined {
  const tried = SAID.flatMap(({ what, patterns }) => patterns.map((pattern) => ({ what, rest: trimmed(title.replace(pattern, '')) })));
  return tried.find(({ rest }) => rest !== '' && rest !== title);
}

/** What a column or a property about a meeting's state says. 'Not cancelled' and 'postponed from 3 February' say that it is held. */
export function readMeetingStatus(status: string): { cancelled: boolean; postponed: boolean } {
  const words = status.replace(new RegExp(String.raw`\b(?:not\s+(?:${OFF}|${PUT_OFF})|un-?cancelled|${FROM})`, 'gi'), '');
  return { cancelled: new RegExp(String.raw`\b(?:cancel|${OFF})`, 'i').test(words), postponed: new RegExp(PUT_OFF, 'i').test(words) };
}

/** At the beginning, also with a reason and a mark behind it; behind a mark to the end; as the last words. */
function around(words: string, alone = words): RegExp[] {
  return [
    new RegExp(String.raw`^\W*${words}(?:\s+(?:from|to|until|till|due|owing|because)\b[^:–—\-\])]*)?${MARK}`, 'i'),
    new RegExp(String.raw`^\W*${alone}\s+(?=(?:the\s+)?\w)(?!(?:from|to|until|till|due|owing|because)\b)`, 'i'),
    new RegExp(String.raw`${MARK}(?:(?:is|was|has been|now)\s+)*${words}.*$`, 'i'),
    new RegExp(String.raw`\s+(?:(?:is|was|has been|now)\s+)*${words}${REASON}.*$`, 'i'),
  ];
}

/** Without the marks that are left at either end when words are taken out; a bracket that has its other half stays. */
function trimmed(text: string): string {
  const rest = text.replace(/\(\s*\)|\[\s*\]/g, ' ').replace(/^[\s,;:.–—-]+|[\s,;:–—([-]+$/g, '');
  return /^[^()]*\)|^[^[\]]*\]/.test(rest) && /^[)\]]|[)\]]$/.test(rest) ? rest.replace(/^[)\]\s]+|[)\]\s]+$/g, '') : rest;
}
