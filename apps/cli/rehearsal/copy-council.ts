/** A council as it is now, copied from the real database into a rehearsal's: the real one is only read. */
import pg from 'pg';
import { DomainError } from '../../../libs/domain/domain-error.js';

/** Nobody signs in to a rehearsal, nothing is sent to it, and its own record begins with it. */
const LEFT_BEHIND = ['session', 'api_token', 'uploaded_document', 'request_answer', 'audit_entry', 'rehearsal', 'mikro_orm_migrations'];

/** What ties a row to its council where it does not name it: the column, and the table that it leads to. */
const TIES: [column: string, table: string][] = [
  ['plan_id', 'plan'],
  ['quarter_id', 'quarter'],
  ['cycle_id', 'cycle'],
  ['acceptance_id', 'query_acceptance'],
  ['absence_id', 'absence'],
];

/**
 * Copies every row of a council, table by table, from one moment of the real database.
 * @param from the address of the real database
 * @param to the address of an empty one with the same tables
 * @throws DomainError 'not-found' if there is no such council
 */
export async function copyCouncil(from: string, to: string, councilId: string): Promise<void> {
  const [source, target] = [new pg.Client({ connectionString: from }), new pg.Client({ connectionString: to })];
  await Promise.all([source.connect(), target.connect()]);
  try {
    await source.query('begin transaction isolation level repeatable read read only');
    const known = await source.query('select 1 from council where id = $1', [councilId]);
    if (known.rowCount === 0) throw new DomainError('not-found', `There is no council "${councilId}".`);
    await target.query('begin');
    for (const table of await tablesOf(source)) await copyTable(source, target, table, councilId);
    await target.query('commit');
    await source.query('commit');
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

/** A table with its columns. */
interface Table {
  name: string;
  columns: string[];
}

/** Versions before the decisions about them: the database looks up each version's author as its decision is written. */
async function tablesOf(source: pg.Client): Promise<Table[]> {
  const { rows } = await source.query<Table>(
    `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
     where table_schema = 'public' group by table_name order by table_name = 'decision', table_name`,
  );
  return rows.filter(({ name }) => !LEFT_BEHIND.includes(name));
}

async function copyTable(source: pg.Client, target: pg.Client, table: Table, councilId: string): Promise<void> {
  const name = source.escapeIdentifier(table.name);
  const { rows } = await source.query<{ rows: string }>(
    `select coalesce(jsonb_agg(to_jsonb(each)), '[]')::text as rows from (select * from ${name} where ${ofCouncil(table)}) each`,
    [councilId],
  );
  await target.query(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::jsonb)`, [rows[0]?.rows ?? '[]']);
}

/** The condition that a row is the council's, with the council's id as $1. */
function ofCouncil({ name, columns }: Table): string {
  if (name === 'council') return 'id = $1';
  if (columns.includes('council_id')) return 'council_id = $1';
  const tie = TIES.find(([column]) => columns.includes(column));
  if (!tie) throw new Error(`Nothing tells which council a row of ${name} belongs to.`);
  const [column, table] = tie;
  if (table !== 'query_acceptance') return `${column} in (select id from ${table} where council_id = $1)`;
  return `${column} in (select a.id from query_acceptance a join plan p on p.id = a.plan_id where p.council_id = $1)`;
}
