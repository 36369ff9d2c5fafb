/** Bundles the workflows into one file, as part of the build. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { buildFolder } from '../../libs/config/paths.js';
import { workflowBundleFile } from '../../libs/temporal/create-worker.js';

const { code } = await bundleWorkflowCode({
  workflowsPath: join(buildFolder, 'workflows/index.js'),
  logger: new DefaultLogger('WARN'),
});
writeFileSync(workflowBundleFile, code);
