/** A council with a draft whose queries are read, accepted and settled: what the tests of JSON and pages share. */
import { expect } from '@jest/globals';
import { AuditEntry } from '../../../libs/database/entities/record.js';
import type { PersonInTest } from '../../support/running-council.js';
import { newKey, startCouncilWithApi, type CouncilWithApi, type JsonAnswer } from '../council-with-api.js';

export const plan = '/plans/2026-27/community-safety';
export const address = `/api/v1${plan}`;
/** A row, and a cell of it that the tests write errors into. */
export const row = 'csi-ComS_011';
export const target = 'target 2026/27';
export const percentage = { rule: 'percentage-out-of-range', rowId: row, column: target, code: 'ComS_011' };

export interface QueryJson {
  rule: string;
  rowId: string | null;
  column: string | null;
  code: string | null;
  state: string;
  text: string;
  textCheck: string;
  acceptance: { id: string; reason: string; by: string } | null;
}

/** What people do with the queries of the plan. */
export class CouncilWithQueries {
  static async start(): Promise<CouncilWithQueries> {
    return new CouncilWithQueries(await startCouncilWithApi());
  }

  private constructor(readonly api: CouncilWithApi) {}

  async write(rowId: string, cells: Record<string, string>): Promise<void> {
    const { headers } = await this.api.ask('leader', 'GET', `${address}/draft`);
    const saved = await this.api.ask(
      'leader',
      'PATCH',
      `${address}/draft/rows/${rowId}`,
      { cells },
      { 'if-match': String(headers['etag']) },
    );
    expect(saved.status).toBe(200);
  }

  async queries(person: PersonInTest = 'leader'): Promise<QueryJson[]> {
    const answer = await this.api.ask(person, 'GET', `${address}/queries`);
    expect(answer.status).toBe(200);
    return answer.body['queries'] as unknown as QueryJson[];
  }

  async one({ rule, rowId }: { rule: string; rowId: string | null }): Promise<QueryJson> {
    const found = (await this.queries()).find((query) => query.rule === rule && query.rowId === rowId);
    if (!found) throw new Error(`The plan has no query of ${rule}.`);
    return found;
  }

  accept(queries: unknown[], reason: string, key = newKey(), person: PersonInTest | null = 'leader'): Promise<JsonAnswer> {
    return this.api.ask(person, 'POST', `${address}/acceptances`, { reason, queries }, key);
  }

  async submit(body: Record<string, unknown> = {}): Promise<JsonAnswer> {
    const { draftRevision } = (await this.api.ask('leader', 'GET', address)).body;
    return this.api.ask('leader', 'POST', `${address}/submissions`, { draftRevision, ...body }, newKey());
  }

  async lastAudit(): Promise<AuditEntry> {
    const [entry] = await this.api.council.orm.em.fork().find(AuditEntry, {}, { orderBy: { number: 'desc' }, limit: 1 });
    return entry!;
  }
}
