/** Plans whose tables stand under no heading of their own: what is written of them is not taken for other tables. */
import { describe, expect, it } from '@jest/globals';
import { extractHash } from '../../libs/documents/content-hash.js';
import { readPlanText } from '../../libs/documents/read-plan-text.js';
import { readXlsx } from '../../libs/documents/read-xlsx.js';
import { writePlanText } from '../../libs/documents/write-plan-text.js';
import { writeXlsx } from '../../libs/documents/write-xlsx.js';

function indicators(code: string): string {
  return `Indicator Description\tAchieved 2023/24\tTarget 2024/25\nAll crime (${code})\t5\t6`;
}

const ACTIONS = 'Action\tTargeted Outcome\tOfficers Responsible\nDo it AB_1\tDone\tHead';
const BUDGET = 'Item\tAction Code\t2025/26 Budget £\nGrants\tAB_1\t5';
const CSI = 'CRITICAL SUCCESS INDICATORS (CSI)';
const KPI = 'KEY PERFORMANCE INDICATORS (KPI)';
const OBJECTIVE = 'Reduce crime (CS1)';

const PLANS: [string, string[]][] = [
  ['indicators before the heading of others', [indicators('A_1'), CSI, OBJECTIVE, indicators('A_2')]],
  ['an objective before the heading of others', [OBJECTIVE, indicators('A_1'), KPI, indicators('A_2')]],
  ['an objective and indicators in plain sections', ['Introduction', OBJECTIVE, indicators('A_1'), 'Background', indicators('A_2')]],
  ['an objective before plain sections', [OBJECTIVE, indicators('A_1'), 'Background', 'Words.', KPI, indicators('A_2'), 'Introduction']],
  ['all tables and no heading', [indicators('A_1'), OBJECTIVE, indicators('A_2'), ACTIONS, BUDGET]],
];

describe('a plan with', () => {
  it.each(PLANS)('%s', async (_what, blocks) => {
    const plan = readPlanText(['The business plan', ...blocks].join('\n\n'));
    expect(plan.kpis.rows.length + plan.objectives.length).toBeGreaterThan(1);
    expect(extractHash(readPlanText(writePlanText(plan)))).toBe(extractHash(plan));
    expect(extractHash((await readXlsx(await writeXlsx(plan))).plan)).toBe(extractHash(plan));
  });
});
