import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { projectRoot } from '../../libs/config/paths.js';
import { workflowBundleFile } from '../../libs/temporal/create-worker.js';

const folder = join(projectRoot, 'test/replay/histories');
const histories = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe('the histories of released workflows', () => {
  it('are kept', () => {
    expect(histories.length).toBeGreaterThanOrEqual(4);
  });

  // A failure means that plans on their way would stop: change the workflow with patched(), never the history.
  it.each(histories)('are replayed by the workflows as they are now: %s', async (name) => {
    const history: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    await Worker.runReplayHistory({ workflowBundle: { codePath: workflowBundleFile }, replayName: name }, history);
  });

  it('would fail for a workflow that does something else', async () => {
    const history = readFileSync(join(folder, histories.find((name) => name.includes('plan-')) ?? ''), 'utf8');
    const other: unknown = JSON.parse(history.replaceAll('"recordTransition"', '"recordSomethingElse"'));
    await expect(Worker.runReplayHistory({ workflowBundle: { codePath: workflowBundleFile } }, other)).rejects.toThrow(/[Nn]ondeterminism/);
  });
});
