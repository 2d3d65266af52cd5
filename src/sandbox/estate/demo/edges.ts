import { ipRules, periodicBackup } from '../account-properties.ts';
import { account } from '../accounts.ts';
import type { Resource } from '../estate.ts';
import { groups } from './company.ts';

/** What Resource Manager leaves out of accounts made long ago or by scripts. */
const optional = [
  'publicNetworkAccess', 'networkAclBypass', 'networkAclBypassResourceIds', 'disableLocalAuth', 'minimalTlsVersion',
  'keysMetadata', 'capacity', 'capabilities', 'cors',
];

/** Development: what scripts and forgotten experiments leave behind. */
const development = [
  account(groups.development, 'playground-dev', { absent: optional, identity: null, properties: { backupPolicy: periodicBackup(240, 8, 'Local') } }),
  account(groups.development, 'spike-dev', { properties: { publicNetworkAccess: 'Enabled', ...ipRules('0.0.0.0/0') }, identity: 'user' }),
  account(groups.development, 'restored-dev', { properties: { createMode: 'Restore' }, absent: ['ipRules', 'virtualNetworkRules', 'isVirtualNetworkFilterEnabled'] }),
  /** A value newer than any program that reads it today. */
  account(groups.development, 'preview-dev', { properties: { publicNetworkAccess: 'SecuredByGateway' } }),
];

/** Made a minute ago: Resource Manager has it, Resource Graph does not yet. */
const notebook = account(groups.labs, 'labs-notebook', { properties: { publicNetworkAccess: 'Enabled' } });

/** Behind a denial. */
const treasury = [account(groups.treasury, 'treasury-ledger'), account(groups.treasury, 'treasury-payroll')];

/** Behind a throttle. */
const logistics = [account(groups.logistics, 'fleet-prod'), account(groups.logistics, 'routes-prod', { properties: { publicNetworkAccess: 'Enabled' } })];

export const unindexed: readonly string[] = [notebook.id];

export const edgeResources: readonly Resource[] = [...development, notebook, ...treasury, ...logistics].flatMap(({ resources }) => resources);
