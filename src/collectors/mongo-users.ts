import { z } from 'zod';
import { known } from '../core/fact.ts';
import type { MongoUser } from '../core/roles.ts';
import type { Collector } from './collector.ts';
import { elements } from './schema.ts';

const UserOnWire = z
  .object({ properties: z.object({ userName: z.string(), databaseName: z.string(), roles: z.array(z.object({ db: z.string(), role: z.string() })) }) })
  .transform(({ properties: { userName, databaseName, roles } }): MongoUser => ({ name: userName, database: databaseName, roles: roles.map(({ db, role }) => ({ database: db, role })) }));

/** The users that a MongoDB account knows by name and password, by account id. Azure does not send the passwords. */
export const mongoUsers: Collector<string, MongoUser[]> = {
  name: 'MongoDB users',
  actions: ['Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions/read'],
  async read(arm, accountId) {
    const listed = await arm.list(`${accountId}/mongodbUserDefinitions`, '2026-03-15');
    return known(elements(UserOnWire, listed), listed.sources);
  },
};
