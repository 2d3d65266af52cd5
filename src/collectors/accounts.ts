import { list as listAccounts } from '@azure/arm-cosmosdb/api/databaseAccounts';
import { z } from 'zod';
import { MalformedAnswerError } from '../azure/errors.ts';
import type { Account } from '../core/account.ts';
import { known, type Fact } from '../core/fact.ts';
import { AccountOnWire } from './account-on-wire.ts';
import type { Collector } from './collector.ts';
import { unknownBecause } from './reason.ts';
import { noneWhereUnregistered } from './registration.ts';

/** An account of a subscription, or an account that is there and cannot be understood. */
export interface ListedAccount {
  readonly id: string;
  readonly account: Fact<Account>;
}

const Identified = z.object({ id: z.string() });

/** The accounts of a subscription, by subscription id. */
export const accounts: Collector<string, ListedAccount[]> = {
  name: 'accounts',
  actions: ['Microsoft.DocumentDB/databaseAccounts/read'],
  async read(arm, subscriptionId) {
    const { value, sources } = await arm.all(() => listAccounts(arm.cosmos(subscriptionId))).catch(noneWhereUnregistered);
    const listed = value.map((item): ListedAccount => {
      const { success, data } = Identified.safeParse(item);
      if (!success) throw new MalformedAnswerError('The list has an account without an id.', ...sources);
      const account = AccountOnWire.safeParse(item);
      return { id: data.id, account: account.success ? known(account.data, sources) : unknownBecause(account.error, `account ${data.id}`, [], sources) };
    });
    return known(listed, sources);
  },
};
