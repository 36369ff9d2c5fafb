/** The words that councils head the columns of their plans with. A heading is known when all its words are; a sentence is none. */
import { yearIn, yearsIn } from '../domain/years-in-text.js';
import { recognisable } from './recognisable.js';

/** A heading as it is recognised. */
export interface ColumnWords {
  /** The whole heading in small letters. */
  text: string;
  /** "2025/26", in whatever form it was written; null where there is none, or a span of years. */
  year: string | null;
  /** Its words without years and without what stands in brackets. */
  words: string[];
}

/** A heading taken apart. */
export function columnWords(heading: string): ColumnWords {
  const text = recognisable(heading).toLowerCase();
  const bare = text.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
  const words = bare.match(/[a-z]+(?:'[a-z]+)?|[£%]/g) ?? [];
  return { text, year: yearIn(text), words };
}

/** Some words, one of which must be there, and what may stand beside them. */
function headingOf(core: string, beside: string): (heading: ColumnWords) => boolean {
  const wanted = new Set(core.split(' '));
  const allowed = new Set([...wanted, ...beside.split(' ')]);
  return ({ words }) => words.some((word) => wanted.has(word)) && words.every((word) => allowed.has(word));
}

const OF_A_YEAR =
  'the our for in of at annual full year end final provisional audited agreed proposed revised new stretch figure figures value values total number no data service council fy and % £';

/** Of several years, or of a part of one: not the year's own figure. */
const OTHER_FIGURE =
  /\b(?:q[1-4]|quarters?|quarterly|month|months|monthly|half|date|met|missed|vs|versus|against|variance|difference|change|compar\w*|average|benchmark\w*|forecast\w*|projected|projection|estimated|rag|status|trend|rank\w*|quartile|baseline|national|england|nearest)\b/;

const ACTUAL = 'achieved achievement actual actuals outturn outturns result results performance';
const isActualHeading = headingOf(ACTUAL, OF_A_YEAR);
const isTargetHeading = headingOf('target targets', `${OF_A_YEAR} performance`);

/** "Achieved 2023/24", "2023/24 Outturn", "Actual performance 2023-24". */
export function isActualFigure(heading: ColumnWords): boolean {
  if (!isYearFigure(heading)) return false;
  return isActualHeading(heading) || /^(?:achieved|actual|outturn|results?)\b/.test(heading.text);
}

/** "Target 2025/26", "2025/26 Target", "Proposed target for 2025/26". */
export function isTargetFigure(heading: ColumnWords): boolean {
  return isYearFigure(heading) && (isTargetHeading(heading) || /^targets?\b/.test(heading.text));
}

/** "Future Years", "Targets for future years". */
export function isFutureFigure({ text }: ColumnWords): boolean {
  return /^(?:targets? )?(?:for )?(?:future|subsequent)\b/.test(text);
}

/** One year and one only: a comment that compares two is no heading. */
function isYearFigure({ text, year }: ColumnWords): boolean {
  return year !== null && new Set(yearsIn(text)).size === 1 && !OTHER_FIGURE.test(text);
}

/** "Target", "Actual" and the like without a year. */
export function isFigureWithoutYear(heading: ColumnWords): boolean {
  return heading.year === null && (isActualHeading(heading) || isTargetHeading(heading)) && heading.words.length <= 3;
}

/** "Performance Indicator", "Measure (Code)", "KPI". */
export const isIndicatorHeading = headingOf(
  'indicator indicators measure measures description pi pis kpi kpis csi csis',
  'performance key critical success outcome service corporate strategic local national headline title name definition of the and what we',
);

const CODE_OF =
  'pentana covalent ideagen pi kpi csi mpi indicator measure performance action task project plan unique our the key no number';
const isCodeAlone = headingOf('code codes ref refs reference references id', CODE_OF);
const isNumber = headingOf('no number nos', CODE_OF);

/** "Code", "PI code", "Ref no.", "KPI no."; "No." alone numbers the rows, or counts something. */
export function isCodeHeading(heading: ColumnWords): boolean {
  return isCodeAlone(heading) || (isNumber(heading) && heading.words.length > 1);
}

/** What is said about an indicator beside its name: no description of it. */
export function isAboutIndicator({ text }: ColumnWords): boolean {
  return /\b(?:types?|polarity|units?|frequency|source|status|rag|direction|trend|good|baseline)\b/.test(text);
}

const isActionWords = headingOf(
  'action actions task tasks project projects activity activities initiative initiatives milestone milestones deliverable deliverables commitment commitments',
  'key main priority priorities planned proposed specific service improvement improvements corporate detailed detail details agreed our the description title name required to be taken for and of plan plans work',
);

/** "Action (Pentana Code)", "Key tasks", "What we will do". */
export function isActionHeading(heading: ColumnWords): boolean {
  return (
    isActionWords(heading) || /^(?:what (?:we will|will we|we'll|are we going to) do|how (?:we will|will we) do it)\b/.test(heading.text)
  );
}

/** "Target date", "By when": a date of its own. */
export const isDateHeading = headingOf(
  'date dates deadline deadlines timescale timescales timeframe timeframes when timing',
  'target due completion complete completed end start finish delivery review planned expected milestone by time for',
);

/** "Officers Responsible / Target Date", "Lead officer", "Who", "Timescale", "Targeted Outcome". */
export const isWhoOrWhenHeading = headingOf(
  'officer officers responsible responsibility lead leads owner owners accountable who date dates deadline deadlines timescale timescales timeframe when outcome outcomes targeted',
  'target due completion complete completed end start finish delivery planned expected intended by time for and of the person persons manager head service department directorate team partner partners key action name job title success measure measures a will be to is',
);

/** "Lead officer", "Responsible", "Indicator Owner/Comments". */
export function isOwnerHeading({ text }: ColumnWords): boolean {
  return /\b(?:owners?|officers?|responsib\w+|accountable|lead)\b/.test(text);
}

/** "2025/26 Budget £", "Budget 2025/26", "2025/26 (£000)", "Estimate 2025/26". */
export function isBudgetYear(heading: ColumnWords): boolean {
  if (heading.year === null || OTHER_FIGURE.test(heading.text)) return false;
  return isMoneyOfYear(heading) || /^(?:20\d\d.{0,6})?\bbudget\b.{0,20}$/.test(heading.text);
}

const isMoneyWords = headingOf(
  'budget budgets budgeted £ estimate estimates cost costs saving savings revenue capital income expenditure',
  `${OF_A_YEAR} original approved base gross net k m s`,
);

function isMoneyOfYear(heading: ColumnWords): boolean {
  return isMoneyWords(heading) || (heading.words.length === 0 && heading.text.includes('£'));
}

/** A year and nothing else: of money where the other headings say so. */
export function isBareYear({ year, words, text }: ColumnWords): boolean {
  return year !== null && words.length === 0 && !text.includes('£') && text.length < 12;
}

/** Whether a heading speaks of money. */
export function isAboutMoney({ text }: ColumnWords): boolean {
  return /\b(?:budgets?|efficienc\w+|savings?|revenue|capital|income|expenditure|costs?|financial)\b|£/.test(text);
}

/** Words beside the figures of a budget: no figure themselves, whatever year they name. */
export function isRemark({ text }: ColumnWords): boolean {
  return /\b(?:comments?|commentary|notes?|progress|reasons?|explanation)\b/.test(text);
}

/** A figure of what came to be, or of what changed, in a table of budgets. */
export function isNoBudget({ text }: ColumnWords): boolean {
  return OTHER_FIGURE.test(text) || /\b(?:actuals?|outturns?)\b/.test(text);
}
