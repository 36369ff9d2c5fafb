/** The one configuration of MikroORM, for every process. */
import { defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { join } from 'node:path';
import { buildFolder, projectRoot } from '../config/paths.js';
import { giveBackBrokenConnections } from './broken-connections.js';
import { CalendarChangeMade, Council, Meeting, MeetingMove } from './entities/council.js';
import { ActionUpdate, CabinetReport, Measurement, MeasureSetting, Quarter } from './entities/monitoring.js';
import { Chase, GuardAnswer } from './entities/guard.js';
import { Absence, ApiToken, Person, Post, RoleGrant, Session } from './entities/people.js';
import { Cycle, Decision, FullPlanDraft, Plan, PlanDraft, PlanVersion, StepChange } from './entities/plans.js';
import { AcceptanceWithdrawal, QueryAcceptance } from './entities/queries.js';
import { AuditEntry, RequestAnswer } from './entities/record.js';
import { Rehearsal } from './entities/rehearsal.js';
import { PendingSignal } from './entities/signals.js';
import { Message, Notice, Task } from './entities/tasks.js';
import { UploadedCalendar, UploadedDocument } from './entities/uploads.js';

/**
 * The configuration for one database.
 * @param databaseUrl a `postgres://` address
 */
export function ormConfig(databaseUrl: string): Options {
  return defineConfig({
    clientUrl: databaseUrl,
    entities: [
      Council,
      Meeting,
      MeetingMove,
      CalendarChangeMade,
      Person,
      Post,
      RoleGrant,
      Absence,
      ApiToken,
      Session,
      Cycle,
      Plan,
      PlanDraft,
      FullPlanDraft,
      PlanVersion,
      Decision,
      StepChange,
      QueryAcceptance,
      AcceptanceWithdrawal,
      Task,
      Notice,
      Message,
      Quarter,
      MeasureSetting,
      Measurement,
      ActionUpdate,
      CabinetReport,
      AuditEntry,
      RequestAnswer,
      UploadedDocument,
      UploadedCalendar,
      GuardAnswer,
      Chase,
      Rehearsal,
      PendingSignal,
    ],
    extensions: [Migrator],
    migrations: {
      path: join(buildFolder, 'libs/database/migrations'),
      pathTs: join(projectRoot, 'libs/database/migrations'),
      glob: '!(*.d).{js,ts}',
      transactional: true,
      allOrNothing: true,
      silent: true,
      // The snapshot goes with the migrations that are written, not with each database that is brought up to date.
      snapshotOnMigrate: false,
    },
    // Dates travel as UTC; the council's zone is applied where people read them.
    forceUtcTimezone: true,
    pool: { min: 0, max: 10 },
    driverOptions: { onPoolCreated: giveBackBrokenConnections },
  });
}

/** Opens the database for a process. The caller closes it with `orm.close()`. */
export async function openDatabase(databaseUrl: string): Promise<MikroORM> {
  return MikroORM.init(ormConfig(databaseUrl));
}
