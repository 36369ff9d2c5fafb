/** The Temporal worker's life inside its process: connected, running, and ended with what it has in hand finished. */
import { MikroORM } from '@mikro-orm/postgresql';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities.js';
import type { Environment } from '../../libs/config/environment.js';
import { Council } from '../../libs/database/entities/council.js';
import type { Mailer } from '../../libs/email/send-email.js';
import { createWorker } from '../../libs/temporal/create-worker.js';
import { startMorningRound } from '../../libs/temporal/start-workflows.js';
import { delivery } from '../../workflows/delivery.js';
import { deliveryWorkflowId } from '../../workflows/workflow-ids.js';

export const ENVIRONMENT = Symbol('environment');
export const MAILER = Symbol('mailer');

@Injectable()
export class TemporalWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private connections: { native: NativeConnection; client: Connection } | null = null;
  private worker: Worker | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(MAILER) private readonly mailer: Mailer,
    private readonly orm: MikroORM,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_TASK_QUEUE: taskQueue,
      BASE_URL: baseUrl,
    } = this.environment;
    this.connections = { native: await NativeConnection.connect({ address }), client: await Connection.connect({ address }) };
    const temporal = new Client({ connection: this.connections.client, namespace });
    const activities = createActivities({ orm: this.orm, temporal, taskQueue, mailer: this.mailer, baseUrl });
    this.worker = await createWorker({ connection: this.connections.native, namespace, taskQueue, activities });
    this.running = this.worker.run();
    await keepDelivering(temporal, taskQueue);
    await this.keepMorningRounds(temporal, taskQueue);
  }

  /** Every council that is there has its round; one that is set up later gets it with its set-up. */
  private async keepMorningRounds(temporal: Client, taskQueue: string): Promise<void> {
    for (const { id } of await this.orm.em.fork().find(Council, {})) await startMorningRound(temporal, taskQueue, id);
  }

  /** Resolves when the worker has ended; rejects if it failed, for the process to end with it. */
  get ended(): Promise<void> {
    return this.running;
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.running.catch(() => undefined);
    await this.connections?.client.close();
    await this.connections?.native.close();
    this.mailer.close();
  }
}

/** One delivery for the whole installation; whichever worker comes first starts it. */
async function keepDelivering(temporal: Client, taskQueue: string): Promise<void> {
  await temporal.workflow.start(delivery, { workflowId: deliveryWorkflowId, taskQueue, workflowIdConflictPolicy: 'USE_EXISTING' });
}
