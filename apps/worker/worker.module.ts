/** What the worker process is made of: its settings, the database, the mail, and the Temporal worker. */
import { Module, type DynamicModule } from '@nestjs/common';
import { MikroOrmModule } from '@mikro-orm/nestjs';
import { LoggerModule } from 'nestjs-pino';
import type { Environment } from '../../libs/config/environment.js';
import { ormConfig } from '../../libs/database/orm.js';
import { createMailer } from '../../libs/email/send-email.js';
import { ENVIRONMENT, MAILER, TemporalWorker } from './temporal-worker.js';

@Module({})
export class WorkerModule {
  static forEnvironment(environment: Environment): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        MikroOrmModule.forRoot(ormConfig(environment.DATABASE_URL)),
        LoggerModule.forRoot({ pinoHttp: { level: environment.LOG_LEVEL } }),
      ],
      providers: [
        { provide: ENVIRONMENT, useValue: environment },
        { provide: MAILER, useFactory: () => createMailer(environment.SMTP_URL, environment.MAIL_FROM, environment.MAIL_BOUNCES_TO) },
        TemporalWorker,
      ],
    };
  }
}
