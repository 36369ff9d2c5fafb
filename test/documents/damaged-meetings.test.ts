/** Lists of meetings that are cut anywhere or have wrong bytes: they give meetings or a sentence for people, and nothing else. */
import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../../apps/cli/rehearsal/random.js';
import { DomainError } from '../../libs/domain/domain-error.js';
import { readMeetings } from '../../libs/documents/read-meetings.js';

const days = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-20`);
const FORMS: [string, string][] = [
  [
    'iCalendar',
    [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:PUBLISH', 'BEGIN:VTIMEZONE', 'TZID:Town Hall', 'BEGIN:STANDARD'],
      ...['DTSTART:19961027T020000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0000'],
      ...['END:STANDARD', 'END:VTIMEZONE'],
      ...days.flatMap((day, index) => [
        ...['BEGIN:VEVENT', `UID:${index}`, 'SUMMARY;LANGUAGE=en:Overview and Scrutiny', '  Committee'],
        ...[`DTSTART;TZID="Town Hall":${day.replaceAll('-', '')}T180000`, 'LOCATION:Council Chamber\\, Beeston', 'STATUS:CONFIRMED'],
        ...[`URL:https://d.example/ieListDocuments.aspx?CId=1&MId=${index}`, 'END:VEVENT'],
      ]),
      ...['END:VCALENDAR', ''],
    ].join('\r\n'),
  ],
  [
    'CSV',
    [
      'CommitteeName,CId,MId,Meeting Date,Meeting Time,Location,Status',
      ...days.map((day, index) => `"Overview, and\nScrutiny",229,${index},${day}T18:00:00Z,6.00 pm,"Council ""Chamber""",Confirmed`),
    ].join('\n'),
  ],
  [
    'JSON',
    JSON.stringify({ meetings: days.map((date, index) => ({ body: 'Cabinet', date, time: '6 pm', uid: index, status: 'Postponed' })) }),
  ],
];

/** How many meetings there are, or that it was refused; anything else fails. */
function outcome(bytes: Uint8Array): number | 'refused' {
  try {
    return readMeetings(bytes).length;
  } catch (error) {
    if (error instanceof DomainError && (error.code === 'unreadable' || error.code === 'invalid') && /\w/.test(error.message))
      return 'refused';
    throw error;
  }
}

describe.each(FORMS)('a list of meetings as %s', (name, text) => {
  const whole = new TextEncoder().encode(text);

  it('is read whole', () => {
    expect(outcome(whole)).toBe(days.length);
  });

  it('is read or refused wherever it is cut', () => {
    const outcomes = Array.from({ length: Math.floor(whole.length / 20) }, (_, index) => outcome(whole.subarray(0, index * 20)));
    // Of a list of lines nobody can tell that lines are missing; these two forms have an end.
    if (name !== 'CSV') expect(new Set(outcomes)).toEqual(new Set(['refused']));
    expect(outcomes).toContain('refused');
  });

  it('is read or refused with wrong bytes in it', () => {
    const random = randomFrom(20_260_203);
    for (let round = 0; round < 600; round++) {
      const bytes = Uint8Array.from(whole);
      for (let flips = random.between(1, 4); flips > 0; flips--)
        bytes[random.between(0, bytes.length - 1)] = random.between(0, round % 2 ? 255 : 127);
      // A line of a CSV file can run into the next one; in the other forms nothing is lost without a word.
      expect(name === 'CSV' ? ['refused', ...days.map((_, index) => index + 1)] : ['refused', days.length]).toContain(outcome(bytes));
    }
  });
});
