/** The HTTP application: its subjects, and what stands around every request. */
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import type { Environment } from '../../libs/config/environment.js';
import { Identity } from './access/identity.js';
import { People } from './access/people.js';
import { PolicyGuard } from './access/policy.guard.js';
import { RouteTable } from './access/route-table.js';
import { SignInPages } from './access/sign-in.pages.js';
import { ConnectionsModule } from './connections.module.js';
import { Councils } from './councils.js';
import { DocsPages } from './docs/docs.pages.js';
import { OpenApi } from './docs/open-api.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { ReadinessCheck } from './health/readiness.js';
import { HomePages } from './home/home.pages.js';
import { logging } from './logging.js';
import { ProblemFilter } from './problem.filter.js';
import { LayoutFacts } from './rendering/layout-facts.js';
import { PageInterceptor } from './rendering/page.interceptor.js';
import { Templates } from './rendering/templates.js';
import { validationPipe } from './validation.js';

@Module({})
export class ApiModule {
  /** The whole application for one process's settings. */
  static forEnvironment(environment: Environment): DynamicModule {
    return {
      module: ApiModule,
      imports: [LoggerModule.forRoot(logging(environment)), DiscoveryModule, ConnectionsModule.forEnvironment(environment)],
      controllers: [HomePages, SignInPages, DocsPages, HealthController],
      providers: [
        { provide: APP_GUARD, useClass: PolicyGuard },
        { provide: APP_PIPE, useValue: validationPipe },
        { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        Councils,
        Identity,
        LayoutFacts,
        Metrics,
        OpenApi,
        People,
        ReadinessCheck,
        RouteTable,
        Templates,
      ],
    };
  }
}
