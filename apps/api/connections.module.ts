/** What the whole application is connected to: its settings, the database and Temporal. */
import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { Environment } from '../../libs/config/environment.js';
import { ormConfig } from '../../libs/database/orm.js';

/** `@Inject(ENVIRONMENT) environment: Environment` */
export const ENVIRONMENT = Symbol('environment');

@Global()
@Module({})
export class ConnectionsModule implements OnApplicationShutdown {
  constructor(@Inject(Client) private readonly temporal: Client) {}

  static forEnvironment(environment: Environment): DynamicModule {
    return {
      module: ConnectionsModule,
      imports: [MikroOrmModule.forRoot(ormConfig(environment.DATABASE_URL))],
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: Client, useFactory: () => connectToTemporal(environment) },
      ],
      exports: [ENVIRONMENT, Client],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.temporal.connection.close();
  }
}

/**
 * The server takes ten Updates of one workflow at a time and turns the others away for a moment. Where many decide at once,
 * each asks again soon and for as long as its person waits, instead of after seconds and a few times.
 */
const askingAgainSoon = makeGrpcRetryInterceptor(
  defaultGrpcRetryOptions({ initialIntervalMs: () => 150, factor: 1.15, maxJitter: 0.5, maxAttempts: 40 }),
);

/** Connects when first used, so that pages without a process behind them work while Temporal is away. */
function connectToTemporal(environment: Environment): Client {
  const connection = Connection.lazy({ address: environment.TEMPORAL_ADDRESS, interceptors: [askingAgainSoon] });
  return new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE });
}
