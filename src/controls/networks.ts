import type { AccountNetwork, AccountSubnet } from '../core/network.ts';
import { nameOf, parentOf } from '../core/resource-id.ts';

/** Why a control about networks says nothing of an account that uses none. */
export const noNetworks = 'No virtual network rule and no approved private endpoint of the account uses a subnet that exists.';

export const notApplicableWithoutNetworks = 'no virtual network rule and no approved private endpoint of the account uses a subnet that exists';

export function subnetsOf(networks: readonly AccountNetwork[]): readonly AccountSubnet[] {
  return networks.flatMap(({ subnets }) => subnets);
}

/** `network/subnet`. */
export function subnetName({ id }: Pick<AccountSubnet, 'id'>): string {
  return `${nameOf(parentOf(id))}/${nameOf(id)}`;
}
