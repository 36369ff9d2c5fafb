/** The coming meetings to which a plan can still be taken so that it is published in time: what an alarm can be answered with. */
import type { Stage } from '../domain/route.js';
import { courseSource, type CourseRules, type CourseSource, type PlanOnCourse } from './plan-course.js';
import type { KnownMeeting } from './change-meeting.js';
import { isMeetingStage, latestWay, onWay } from './ways-to-publication.js';

/** The rules with meetings that can be named. */
export type RulesWithMeetings = Omit<CourseRules, 'meetings'> & { meetings: readonly KnownMeeting[] };

export interface MeetingThatHelps {
  meeting: KnownMeeting;
  stage: Stage;
  /** The last day on which its agenda can be published, 'YYYY-MM-DD'. */
  agenda: string;
}

/**
 * In the order of their days; none that the plan is meant for already.
 * @param rules with the meetings that are held
 */
export function meetingsThatHelp(plan: PlanOnCourse, rules: RulesWithMeetings): MeetingThatHelps[] {
  const source = courseSource(plan, rules);
  const found = source.stages.flatMap((stage, index) => {
    if (index < source.stage || !isMeetingStage(stage)) return [];
    const rest = latestWay(index + 1, 'extraordinary', source);
    return rules.meetings
      .filter(({ body, date }) => body === stage.body && date !== source.dates[stage.deadline] && rest !== null && date <= rest.arriveBy)
      .map((meeting) => ({ meeting, stage, agenda: onWay(stage, meeting.date, true, source).agenda }))
      .filter(({ agenda }) => agenda >= source.today && comesBefore(agenda, index, source));
  });
  return found.sort((a, b) => a.meeting.date.localeCompare(b.meeting.date));
}

/** Whether every meeting before it on the plan's way is over when the agenda is published. */
function comesBefore(agenda: string, index: number, { stages, stage, dates }: CourseSource): boolean {
  const earlier = stages.slice(stage, index).filter(isMeetingStage);
  return earlier.every(({ deadline }) => (dates[deadline] ?? '9999') <= agenda);
}
