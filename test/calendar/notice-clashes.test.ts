/** What a clerk reads where notice cannot be kept: five clear days, 28 of a key decision, the days of a call-in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ClashKind } from '../../libs/calendar/clashes.js';
import type { CalendarRules, ListedMeeting } from '../../libs/calendar/listed-meetings.js';
import { newClashes } from '../../libs/calendar/move-meeting.js';
import { readCalendarSettings } from '../../libs/calendar/timetable-settings.js';
import { createCalendar } from '../../libs/calendar/working-days.js';
import { yearTimetable } from '../../libs/calendar/year-timetable.js';
import { projectRoot } from '../../libs/config/paths.js';

const demonstration = readCalendarSettings(JSON.parse(readFileSync(join(projectRoot, 'docs/demonstration/settings.json'), 'utf8')));
const rules: CalendarRules = {
  bodies: demonstration.bodies,
  settings: demonstration.timetable,
  calendar: createCalendar({ closures: demonstration.closures }),
};
const COMMITTEE = { body: 'O&S', date: '2026-01-20' };
const CABINET = { body: 'Cabinet', date: '2026-02-03' };
const COUNCIL = { body: 'Council', date: '2026-03-04' };

function told(kind: ClashKind, meetings: ListedMeeting[], more: Partial<CalendarRules> = {}): string[] {
  const { clashes } = yearTimetable('2026/27', [{ body: 'GMT', date: '2025-12-02' }, ...meetings], { ...rules, ...more });
  return clashes.filter((clash) => clash.kind === kind).map(({ what, why }) => `${what}. ${why}`);
}

describe('an agenda', () => {
  it('that goes out before the committee has met says how its outcome could come, and which days would do', () => {
    expect(told('clear-days', [COMMITTEE, { body: 'Cabinet', date: '2026-01-28' }])).toEqual([
      'The agenda of Cabinet on Wednesday 28 January 2026. It is published on Tuesday 20 January 2026, ' +
        'but Overview and Scrutiny Committee meets only on Tuesday 20 January 2026: a report with its outcome could only follow in a supplement. ' +
        'Move Cabinet to Thursday 29 January 2026 or later, or that meeting to a day before the agenda is published.',
    ]);
    expect(told('clear-days', [COMMITTEE, { body: 'Cabinet', date: '2026-01-29' }])).toEqual([]);
  });

  it('of Council waits for the committee and for Cabinet', () => {
    expect(told('clear-days', [COMMITTEE, { body: 'Cabinet', date: '2026-01-21' }, { body: 'Council', date: '2026-01-23' }])[1]).toContain(
      'but Overview and Scrutiny Committee meets only on Tuesday 20 January 2026 and Cabinet meets only on Wednesday 21 January 2026: ' +
        'a report with their outcome could only follow in a supplement. Move Council to Friday 30 January 2026 or later, or those meetings',
    );
  });

  it('that is late asks for the chair’s reason, or another day', () => {
    const late = told('clear-days', [COMMITTEE], { today: '2026-01-13' });
    expect(late).toEqual([
      'The agenda of Overview and Scrutiny Committee on Tuesday 20 January 2026. It was to be published by Monday 12 January 2026. ' +
        'If it was not, 5 clear working days can no longer be kept: the chair would have to take the plans as urgent, with the reason in ' +
        'the minutes (Local Government Act 1972 s100B(4)(b)), or the meeting be moved to Wednesday 21 January 2026 or later.',
    ]);
  });

  it('of Cabinet that is late asks for a meeting at shorter notice: the 2012 Regulations know no urgent item', () => {
    const [late] = told('clear-days', [COMMITTEE, CABINET], { today: '2026-01-27' });
    expect(late).toContain('the meeting would have to be called at shorter notice');
    expect(late).not.toContain('chair');
  });

  it.each([
    ['on its day', COMMITTEE, '2026-01-12'],
    ['that is published', { ...COMMITTEE, agendaIsPublished: true }, '2026-01-13'],
    ['of a meeting that is over', COMMITTEE, '2026-01-21'],
    ['of which nobody says what day it is', COMMITTEE, undefined],
  ])('%s is not late', (_, meeting, today) => {
    expect(told('clear-days', [meeting], today === undefined ? {} : { today })).toEqual([]);
  });
});

describe('a key decision', () => {
  it('that was not announced can be taken by general exception while five clear days are left', () => {
    expect(told('key-decision', [COMMITTEE, CABINET], { today: '2026-01-06' })).toEqual([
      'Notice of the key decision of Cabinet on Tuesday 3 February 2026. It was to be given by Monday 5 January 2026, ' +
        '28 clear days before (SI 2012/2089 reg 9). If it was not, tell the chair of Overview and Scrutiny Committee in writing and ' +
        'publish that by Monday 26 January 2026, five clear working days before the meeting (general exception, reg 10). ' +
        'Or move the meeting to Wednesday 4 February 2026 or later.',
    ]);
    expect(told('key-decision', [COMMITTEE, CABINET], { today: '2026-01-26' })[0]).toContain('general exception');
  });

  it('needs the scrutiny chair once those are gone too', () => {
    expect(told('key-decision', [COMMITTEE, CABINET], { today: '2026-01-27' })[0]).toContain(
      'Cabinet may decide only if the chair of Overview and Scrutiny Committee agrees that it is urgent and cannot reasonably be deferred (special urgency, reg 11)',
    );
  });

  it('is none where Cabinet only recommends, and the sentence says so', () => {
    const today = '2026-01-06';
    const [recommended] = told('key-decision', [COMMITTEE, CABINET, COUNCIL], { today });
    expect(recommended).toContain('A recommendation to Council alone is no key decision and needs no such notice.');
    const settings = { ...rules.settings, cabinetAlwaysDecides: true };
    expect(told('key-decision', [COMMITTEE, CABINET, COUNCIL], { today, settings })[0]).not.toContain('recommendation');
  });

  it.each([
    ['on the last day of notice', CABINET, '2026-01-05'],
    ['that was announced', { ...CABINET, noticeIsGiven: true }, '2026-01-06'],
    ['that was taken', CABINET, '2026-02-04'],
    ['of which nobody says what day it is', CABINET, undefined],
  ])('%s is not late', (_, cabinet, today) => {
    expect(told('key-decision', [COMMITTEE, cabinet], today === undefined ? {} : { today })).toEqual([]);
  });
});

describe('a call-in', () => {
  const LATE = { body: 'Cabinet', date: '2026-03-13' };

  it('that could outlast publication says until when, and by when Cabinet would have to decide', () => {
    expect(told('call-in', [COMMITTEE, LATE])).toEqual([
      'Call-in of the decision of Cabinet on Friday 13 March 2026. It can be called in until Tuesday 24 March 2026, 5 working days after ' +
        'it is published, which may take 2 working days. The plans are to be published on Tuesday 24 March 2026, and a call-in would hold ' +
        'the plans up past that day. Cabinet would have to decide by Thursday 12 March 2026, or its decision be exempt from call-in as urgent.',
    ]);
    expect(told('call-in', [COMMITTEE, { ...LATE, date: '2026-03-12' }])).toEqual([]);
  });

  it('is impossible where Cabinet recommends to Council, and comes before Council where Cabinet decides all the same', () => {
    const meetings = [COMMITTEE, { ...CABINET, date: '2026-02-24' }, COUNCIL];
    expect(told('call-in', meetings)).toEqual([]);
    expect(told('call-in', meetings, { settings: { ...rules.settings, cabinetAlwaysDecides: true } })[0]).toContain(
      'Council meets on Wednesday 4 March 2026, and a call-in would hold the plans up past that day.',
    );
  });

  it('is unknown to a council without it', () => {
    const settings = { ...rules.settings, callIn: { days: 0, publishedWithin: 2 } };
    expect(told('call-in', [COMMITTEE, LATE], { settings })).toEqual([]);
  });
});

describe('a meeting that is put on a nearer day', () => {
  const before = demonstration.meetings.map((meeting, index) => ({
    ...meeting,
    ...{ id: String(index), state: 'planned' as const, extraordinary: false },
  }));
  const after = before.map((meeting) =>
    meeting.body === 'cabinet' && meeting.date === '2026-02-03' ? { ...meeting, date: '2026-01-29' } : meeting,
  );

  it('shows the notice that it leaves no time for, where the council’s day is given', () => {
    const kinds = (more: { today?: string }) => {
      const [was, is] = [before, after].map((meetings) => ({ meetings, rules: { ...rules, ...more } }));
      return newClashes('2026/27', was!, is!).map(({ kind }) => kind);
    };
    expect(kinds({})).toEqual([]);
    expect(kinds({ today: '2026-01-05' })).toEqual(['key-decision']);
    expect(kinds({ today: '2026-01-22' })).toEqual(['clear-days', 'key-decision']);
  });
});
