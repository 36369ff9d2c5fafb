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
import { HelpPages } from './docs/help.pages.js';
import { OpenApi } from './docs/open-api.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { ReadinessCheck } from './health/readiness.js';
import { HomePages } from './home/home.pages.js';
import { InboxPages } from './inbox/inbox.pages.js';
import { logging } from './logging.js';
import { MailController } from './mail/mail.controller.js';
import { UndeliveredPages } from './mail/undelivered.pages.js';
import { UndeliveredEmails } from './mail/undelivered.service.js';
import { WaitingMail } from './mail/waiting-mail.js';
import { CalendarFeedPages } from './meetings/calendar-feeds.pages.js';
import { CalendarFeeds } from './meetings/calendar-feeds.service.js';
import { MeetingChanges } from './meetings/meeting-changes.service.js';
import { MeetingChangesPages } from './meetings/meeting-changes.pages.js';
import { MeetingDetailsPages } from './meetings/meeting-details.pages.js';
import { MeetingImports } from './meetings/meeting-imports.service.js';
import { MeetingImportsPages } from './meetings/meeting-imports.pages.js';
import { MeetingRecords } from './meetings/meeting-records.service.js';
import { ClosuresController } from './closures/closures.controller.js';
import { ClosuresPages } from './closures/closures.pages.js';
import { Closures } from './closures/closures.service.js';
import { MeetingsController } from './meetings/meetings.controller.js';
import { MeetingsPages } from './meetings/meetings.pages.js';
import { Meetings } from './meetings/meetings.service.js';
import { MonitoringController } from './monitoring/monitoring.controller.js';
import { MonitoringPages } from './monitoring/monitoring.pages.js';
import { QuarterRowsService } from './monitoring/quarter-rows.service.js';
import { QuarterSteps } from './monitoring/quarter-steps.service.js';
import { QuarterUpdates } from './monitoring/quarter-updates.service.js';
import { Quarters } from './monitoring/quarters.service.js';
import { ReportPages } from './monitoring/report.pages.js';
import { UpdatePages } from './monitoring/update.pages.js';
import { UpdatesController } from './monitoring/updates.controller.js';
import { AbsencesController } from './people/absences.controller.js';
import { AbsencesPages } from './people/absences.pages.js';
import { Absences } from './people/absences.service.js';
import { LeavingPages } from './people/leaving.pages.js';
import { Leaving } from './people/leaving.service.js';
import { PeopleChanges } from './people/people-changes.service.js';
import { PeopleController } from './people/people.controller.js';
import { PeoplePages } from './people/people.pages.js';
import { PeopleList } from './people/people.service.js';
import { PostSettingsPages } from './people/post-settings.pages.js';
import { PostSettingsOf } from './people/post-settings.service.js';
import { PostSpellings } from './people/post-spellings.service.js';
import { PostsController } from './people/posts.controller.js';
import { SpellingsPages } from './people/spellings.pages.js';
import { Boards } from './cycle/board.service.js';
import { ChasePages } from './cycle/chases.pages.js';
import { ChasesController } from './cycle/chases.controller.js';
import { Chases } from './cycle/chases.service.js';
import { CycleController } from './cycle/cycle.controller.js';
import { CyclePages } from './cycle/cycle.pages.js';
import { GuardAnswers } from './cycle/guard-answers.service.js';
import { GuardPages } from './cycle/guard.pages.js';
import { Acceptances } from './plans/acceptances.service.js';
import { ComparePages } from './plans/compare.pages.js';
import { ComparedTexts } from './plans/compared-texts.js';
import { DifferencesController } from './plans/differences.controller.js';
import { DownloadPages } from './plans/download.pages.js';
import { DraftController } from './plans/draft.controller.js';
import { DraftEditor } from './plans/draft-editor.service.js';
import { DraftPages } from './plans/draft.pages.js';
import { FullPlanPages } from './plans/full-plan.pages.js';
import { FullPlans } from './plans/full-plan.service.js';
import { PlanDifferences } from './plans/plan-differences.js';
import { PlanOrigins } from './plans/plan-origins.js';
import { PlanQueries } from './plans/plan-queries.js';
import { PlanReader } from './plans/plan-reader.js';
import { PlanSteps } from './plans/plan-steps.service.js';
import { PlansController } from './plans/plans.controller.js';
import { PlansPages } from './plans/plans.pages.js';
import { QueriesController } from './plans/queries.controller.js';
import { QueriesPages } from './plans/queries.pages.js';
import { RollForwardController } from './plans/roll-forward.controller.js';
import { RollForwardPages } from './plans/roll-forward.pages.js';
import { RollForwardPreviews } from './plans/roll-forward.service.js';
import { RowPages } from './plans/row.pages.js';
import { UploadPages } from './plans/upload.pages.js';
import { Uploads } from './plans/upload.service.js';
import { ProblemFilter } from './problem.filter.js';
import { PublishedController } from './published/published.controller.js';
import { PublishedPages } from './published/published.pages.js';
import { PublishedPlans } from './published/published.service.js';
import { RehearsalPage } from './rehearsals/rehearsal-page.js';
import { RehearsalRunner } from './rehearsals/rehearsal-runner.js';
import { RehearsalsController } from './rehearsals/rehearsals.controller.js';
import { RehearsalsPages } from './rehearsals/rehearsals.pages.js';
import { Rehearsals } from './rehearsals/rehearsals.service.js';
import { LayoutFacts } from './rendering/layout-facts.js';
import { PageInterceptor } from './rendering/page.interceptor.js';
import { Templates } from './rendering/templates.js';
import { TaskPages } from './tasks/task-page.js';
import { TasksController } from './tasks/tasks.controller.js';
import { TasksPages } from './tasks/tasks.pages.js';
import { Tasks } from './tasks/tasks.service.js';
import { validationPipe } from './validation.js';

const ABSENCES = [AbsencesController, AbsencesPages, LeavingPages];

const MONITORING = [MonitoringController, MonitoringPages, ReportPages, UpdatePages, UpdatesController];

const PLANS = [
  ...[
    TasksPages,
    TasksController,
    PlansPages,
    PlansController,
    DraftPages,
    RowPages,
    DraftController,
    FullPlanPages,
    CyclePages,
    CycleController,
  ],
  ...[ComparePages, DifferencesController, DownloadPages, QueriesController, QueriesPages, UploadPages],
  ...[RollForwardController, RollForwardPages],
  ...[GuardPages, ChasePages, ChasesController],
  // Last: their addresses begin with a council's name, which could be any word.
  ...[PublishedController, PublishedPages],
];
const PLAN_SERVICES = [
  Acceptances,
  Boards,
  Chases,
  ComparedTexts,
  DraftEditor,
  FullPlans,
  GuardAnswers,
  PlanDifferences,
  PlanOrigins,
  PlanQueries,
  PlanReader,
  PlanSteps,
  PublishedPlans,
  RollForwardPreviews,
  TaskPages,
  Tasks,
  Uploads,
];

@Module({})
export class ApiModule {
  /** The whole application for one process's settings. */
  static forEnvironment(environment: Environment): DynamicModule {
    return {
      module: ApiModule,
      imports: [LoggerModule.forRoot(logging(environment)), DiscoveryModule, ConnectionsModule.forEnvironment(environment)],
      controllers: [
        HomePages,
        SignInPages,
        DocsPages,
        HelpPages,
        HealthController,
        ...MONITORING,
        InboxPages,
        MailController,
        UndeliveredPages,
        MeetingsController,
        ...[ClosuresController, ClosuresPages],
        // Before the meetings' own pages, whose addresses end with a meeting's id.
        ...[MeetingDetailsPages, MeetingImportsPages, MeetingsPages, MeetingChangesPages],
        CalendarFeedPages,
        PeopleController,
        PostsController,
        PeoplePages,
        SpellingsPages,
        PostSettingsPages,
        ...ABSENCES,
        ...[RehearsalsController, RehearsalsPages],
        ...PLANS,
      ],
      providers: [
        { provide: APP_GUARD, useClass: PolicyGuard },
        { provide: APP_PIPE, useValue: validationPipe },
        { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
        ...PLAN_SERVICES,
        ...[Absences, Leaving, PeopleChanges],
        ...[Rehearsals, RehearsalPage, RehearsalRunner],
        Councils,
        Identity,
        CalendarFeeds,
        LayoutFacts,
        Closures,
        ...[Meetings, MeetingChanges, MeetingImports, MeetingRecords],
        Metrics,
        OpenApi,
        People,
        PeopleList,
        PostSpellings,
        PostSettingsOf,
        QuarterRowsService,
        QuarterSteps,
        QuarterUpdates,
        Quarters,
        ReadinessCheck,
        RouteTable,
        Templates,
        UndeliveredEmails,
        WaitingMail,
      ],
    };
  }
}
