import { z } from 'zod';
import { parseRange } from '../exposure/address-set.ts';

/**
 * The values a baseline file is made of. A message of a check completes `reason of exemption "x" is "…", which …`; a
 * description is a sentence that says what to write, and goes into messages and the JSON Schema.
 */

const guid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** One line: a control character could rewrite what a terminal shows. */
export function line(most: number): z.ZodString {
  return z.string().trim().min(1).max(most).regex(/^[^\p{Cc}]*$/u, 'has line breaks or control characters');
}

/** One line or more. */
export function prose(most: number): z.ZodString {
  return z.string().trim().min(1).max(most).regex(/^([^\p{Cc}]|[\n\r\t])*$/u, 'has control characters');
}

export const Day = z.iso.date('is no day that exists');

export const Guid = z.string().regex(new RegExp(`^${guid}$`), 'is not a GUID');

export const SubscriptionId = Guid.describe('The GUID of a subscription, as `az account list --output table` shows it.');

export const PrincipalId = Guid.describe('The object id of a user, group, service principal or managed identity in Entra ID.');

/** A prefix in whole segments. */
export const ResourcePrefix = z
  .string()
  .max(1_000)
  .regex(new RegExp(`^/[sS]ubscriptions/${guid}(/[^/\\s]+)*/?$`), 'is not an id of a subscription, resource group or resource')
  .describe('A resource, or all below it, for example /subscriptions/<guid>/resourceGroups/<name>. Whole segments count.');

/** JSON Schema knows no flag that ignores case. */
const workspaces = '[mM]icrosoft\\.[oO]perational[iI]nsights/[wW]orkspaces';

export const WorkspaceId = z
  .string()
  .max(1_000)
  .regex(new RegExp(`^/[sS]ubscriptions/${guid}/[rR]esource[gG]roups/[^/\\s]+/[pP]roviders/${workspaces}/[^/\\s]+$`), 'is not the id of a Log Analytics workspace')
  .describe('The resource id of a Log Analytics workspace, as `az monitor log-analytics workspace list --query [].id` shows it.');

export const Range = z
  .string()
  .max(100)
  .refine(text => parseRange(text) !== null, 'is no IP address or CIDR range')
  .describe('An IPv4 or IPv6 address or CIDR range, for example 198.51.100.0/24.');

export const Domain = z
  .string()
  .max(253)
  .regex(/^(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?\.?$/, 'is no domain name')
  .describe('A domain, which covers itself and all below, or *.domain, which covers all below; for example contoso.com.');

export const RegionName = z
  .string()
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9 ]*$/, 'is no name of a region')
  .describe('An Azure region by name or display name, for example westeurope or West Europe.');

export const ExemptionId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'has characters other than letters, digits, dot, dash and underscore')
  .describe('A name of your choice, for example legacy-import-2026. Each exemption has its own.');
