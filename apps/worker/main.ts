/** The worker process: runs workflows and activities until it is told to stop. */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { readEnvironment } from '../../libs/config/environment.js';
import { exitWithParent } from '../../libs/config/exit-with-parent.js';
import { TemporalWorker } from './temporal-worker.js';
import { WorkerModule } from './worker.module.js';

exitWithParent();
const application = await NestFactory.createApplicationContext(WorkerModule.forEnvironment(readEnvironment()), { bufferLogs: true });
application.useLogger(application.get(Logger));
application.enableShutdownHooks();
process.send?.('ready');

// A worker that failed is of no use: end, so that whoever watches the process starts another.
await application.get(TemporalWorker).ended.catch((error: unknown) => {
  application.get(Logger).error(error, 'The Temporal worker failed.');
  process.exitCode = 1;
});
await application.close();
