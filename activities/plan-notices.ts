/** Who is told what when a plan has moved: the person whose turn it is, and those who want to know. */
import { countdown } from '../libs/calendar/dates.js';
import { paperDates } from '../libs/calendar/timetable.js';
import { Person } from '../libs/database/entities/people.js';
import { FullPlanDraft, PlanDraft, type PlanVersion } from '../libs/database/entities/plans.js';
import { nameOfAction } from '../libs/database/quarter-rows.js';
import { bothNames } from '../libs/database/standing-in-today.js';
import { FULL_PLAN_PART_TITLES, FULL_PLAN_PARTS } from '../libs/domain/business-plan.js';
import { financialYearFromId } from '../libs/domain/financial-year.js';
import { actionCodeOf } from '../libs/domain/codes.js';
import { indicatorRowsOf } from '../libs/domain/plan-rows.js';
import { scopeOf, stageOf, type Role, type Stage } from '../libs/domain/route.js';
import type { EmailFacts, EmailTemplate, EveryEmail } from '../libs/email/email-facts.js';
import { peopleWithRole } from './person-roles.js';
import { isFullPlanReopened } from './plan-versions.js';
import type { StepInProgress } from './record-transition.js';
import { stageDue } from './stage-due.js';
import { tell } from './tell.js';

type Facts<Template extends EmailTemplate> = Omit<EmailFacts[Template], keyof EveryEmail>;

/** Tells everyone concerned about a step, once its tasks are brought in line. */
export async function tellAboutStep(step: StepInProgress, version: PlanVersion | null): Promise<void> {
  if (step.request.step === 'complete') return;
  if (step.request.step === 'ask-for-full-plan') return askForFullPlan(step);
  if (step.request.step === 'publish') return tellOfPublication(step, version);
  if (step.request.step === 'submit') await acknowledgeSubmission(step, version);
  if (isFullPlanReopened(step)) await askForFullPlan(step);
  if (step.rule.to === 'stay') return tellOfNoting(step);
  if (step.to.at === 'publication') return tellOfApproval(step);
  return askNextStage(step, version);
}

async function askNextStage(step: StepInProgress, version: PlanVersion | null): Promise<void> {
  const stage = stageOf(step.route, step.to);
  if (!stage) return;
  const people = await peopleOf(step, stage.role, stage);
  if (stage.power === 'review') return send(step, people, 'review-task', await reviewFacts(step, stage, version), taskPath(step, stage.id));
  if (stage.power !== 'draft') return send(step, people, 'committee-task', committeeFacts(step, stage, version), taskPath(step, stage.id));
  return askForDraft(step, stage, people);
}

async function askForDraft(step: StepInProgress, stage: Stage, leaders: Person[]): Promise<void> {
  const path = taskPath(step, stage.id);
  const before = stageOf(step.route, step.from);
  if (step.request.step === 'open' || !before) return send(step, leaders, 'draft-task', await draftFacts(step, stage), path);
  const reason = step.request.reason?.trim() ?? '';
  if (before.power === 'review') {
    const returnedBy = await nameOfActor(step);
    return send(step, leaders, 'returned', { ...about(step), ...dueDay(step, stage), returnedBy, reason, comments: [] }, path);
  }
  // Those who agreed to the plan earlier are told once that it comes again (product.md 14).
  const earlier = step.route.stages.slice(0, step.route.stages.indexOf(before)).filter((one) => one.power !== 'draft');
  const others = (await Promise.all(earlier.map((one) => peopleOf(step, one.role, one)))).flat();
  const facts: Facts<'referred-back'> = { ...about(step), ...dueDay(step, stage), ...decidedAt(step, before), reason };
  return send(step, unique([...leaders, ...others]), 'referred-back', facts, path);
}

async function acknowledgeSubmission(step: StepInProgress, version: PlanVersion | null): Promise<void> {
  const author = await step.em.findOne(Person, step.request.personId ?? '');
  const facts: Facts<'submitted-receipt'> = {
    ...about(step),
    version: version?.number ?? 0,
    submittedOn: step.moment.today,
    gmtMeeting: step.dates.gmtMeeting,
  };
  await send(step, author ? [author] : [], 'submitted-receipt', facts, planPath(step));
}

async function tellOfNoting(step: StepInProgress): Promise<void> {
  const stage = stageOf(step.route, step.from);
  if (!stage) return;
  const comments = step.request.reason?.trim() ? [step.request.reason.trim()] : [];
  const nextStep = `It stays with ${stage.title}, which still has to decide about it.`;
  const people = unique([...(await peopleOf(step, 'priority-leader')), ...(await peopleOf(step, 'performance-team'))]);
  await send(step, people, 'noted', { ...about(step), ...decidedAt(step, stage), comments, nextStep }, planPath(step));
}

async function tellOfApproval(step: StepInProgress): Promise<void> {
  const stage = stageOf(step.route, step.from);
  if (!stage) return;
  const people = unique([...(await peopleOf(step, 'priority-leader')), ...(await peopleOf(step, 'performance-team'))]);
  const facts: Facts<'approved'> = { ...about(step), ...decidedAt(step, stage), amendments: [], publication: step.dates.publication };
  await send(step, people, 'approved', facts, planPath(step));
}

async function tellOfPublication(step: StepInProgress, version: PlanVersion | null): Promise<void> {
  const roles: Role[] = ['priority-leader', 'head-of-service', 'performance-team'];
  const lists = await Promise.all(roles.map((role) => peopleOf(step, role)));
  const bodies = await Promise.all(step.route.stages.map((stage) => peopleOf(step, stage.role, stage)));
  const changeNote = 'The plan as it was approved, with the parts that complete it.';
  const facts: Facts<'published'> = { ...about(step), publishedOn: step.moment.today, version: version?.number ?? 0, changeNote };
  const path = `/${step.plan.councilId}/plans/${step.plan.year}/${step.plan.slug}`;
  await send(step, unique([...lists, ...bodies].flat()), 'published', facts, path);
}

async function askForFullPlan(step: StepInProgress): Promise<void> {
  const { parts } = await step.em.findOneOrFail(FullPlanDraft, step.plan.id);
  const missing = FULL_PLAN_PARTS.filter((part) => !parts[part].trim()).map((part) => FULL_PLAN_PART_TITLES[part]);
  const due = step.dates.fullPlanDue;
  const facts: Facts<'full-plan-task'> = {
    ...about(step),
    due,
    countdown: countdownTo(step, due),
    parts: missing,
    publication: step.dates.publication,
  };
  await send(step, await peopleOf(step, 'head-of-service'), 'full-plan-task', facts, taskPath(step, 'full-plan'));
}

async function draftFacts(step: StepInProgress, stage: Stage): Promise<Facts<'draft-task'>> {
  const { content, rolledFrom } = await step.em.findOneOrFail(PlanDraft, step.plan.id);
  const proposed = new Set(rolledFrom?.changes.filter((change) => change.kind === 'removal-proposed').map((change) => change.rowId));
  return {
    ...about(step),
    ...dueDay(step, stage),
    gmtMeeting: step.dates.gmtMeeting,
    indicators: indicatorRowsOf(content).length,
    actions: content.actions.rows.length,
    proposedForRemoval: content.actions.rows
      .filter((row) => proposed.has(row.id))
      .map((row) => ({ code: actionCodeOf(row) ?? '', name: nameOfAction(row) })),
  };
}

async function reviewFacts(step: StepInProgress, stage: Stage, version: PlanVersion | null): Promise<Facts<'review-task'>> {
  return {
    ...about(step),
    ...dueDay(step, stage),
    submittedBy: await nameOfActor(step),
    version: version?.number ?? 0,
    changedRows: await changedRows(step),
  };
}

/** How many rows the leader changed since the draft was rolled forward. */
async function changedRows({ em, plan }: StepInProgress): Promise<number> {
  const draft = await em.findOneOrFail(PlanDraft, plan.id);
  return draft.editedRows.length;
}

function committeeFacts(step: StepInProgress, stage: Stage, version: PlanVersion | null): Facts<'committee-task'> {
  const { settings, calendar } = step.moment.council;
  const meeting = stageDue(stage, step.dates, step.to.round, step.moment);
  const { finalReportDue, agendaPublished } = paperDates(meeting, { settings: settings.timetable, calendar });
  return {
    ...about(step),
    bodyName: stage.title,
    finalReportDue,
    agendaPublished,
    meeting,
    version: version?.number ?? 0,
  };
}

function about({ plan }: StepInProgress): { planTitle: string; year: string } {
  return { planTitle: plan.title, year: financialYearFromId(plan.year) };
}

function dueDay(step: StepInProgress, stage: Stage): { due: string; countdown: string } {
  const due = stageDue(stage, step.dates, step.to.round, step.moment);
  return { due, countdown: countdownTo(step, due) };
}

function countdownTo({ moment }: StepInProgress, day: string): string {
  return countdown(moment.today, day, moment.council.calendar);
}

function decidedAt(step: StepInProgress, stage: Stage): { bodyName: string; meeting: string; minute: string | null } {
  return {
    bodyName: stage.title,
    meeting: step.dates[stage.deadline] ?? step.moment.today,
    minute: step.request.minute?.trim() || null,
  };
}

async function nameOfActor({ em, request, onBehalfOf }: StepInProgress): Promise<string> {
  if (!request.personId) return '';
  const other = onBehalfOf ? await em.findOne(Person, onBehalfOf) : null;
  return bothNames((await em.findOneOrFail(Person, request.personId)).name, other?.name);
}

function peopleOf({ em, moment, plan }: StepInProgress, role: Role, stage: Stage | null = null): Promise<Person[]> {
  return peopleWithRole(em, moment, role, scopeOf(role, plan.slug, stage));
}

function unique(people: Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

async function send<Template extends EmailTemplate>(
  step: StepInProgress,
  people: Person[],
  kind: Template,
  facts: Facts<Template>,
  path: string,
): Promise<void> {
  await tell(step.em, step.moment, people, {
    kind,
    subject: `plan/${step.plan.id}`,
    occurrence: String(step.number),
    path,
    facts,
  });
}

function planPath({ plan }: StepInProgress): string {
  return `/plans/${plan.year}/${plan.slug}`;
}

/** The page of the task that the step opened at a stage. */
function taskPath({ openTasks }: StepInProgress, at: string): string {
  const task = openTasks.find((one) => one.at === at);
  if (!task) throw new Error(`No task is open at ${at}.`);
  return `/tasks/${task.id}`;
}
