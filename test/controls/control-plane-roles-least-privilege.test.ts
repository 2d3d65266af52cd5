import { controlPlaneRolesLeastPrivilege } from '../../src/controls/control-plane-roles-least-privilege.ts';
import type { ControlPlaneGrant } from '../../src/core/roles.ts';
import { controlPlaneGrant } from '../support/builders.ts';
import { specify } from '../support/specify.ts';

const principal = (number: number, differences: Partial<ControlPlaneGrant> = {}) => controlPlaneGrant({ principalId: `principal-${number}`, ...differences });
const many = (count: number, differences: Partial<ControlPlaneGrant> = {}) => Array.from({ length: count }, (_, number) => principal(number, differences));
const inherited = { inherited: true, scope: '/providers/Microsoft.Management/managementGroups/contoso' };
const reader = { role: 'Reader', powers: { listsKeys: false, readsReadOnlyKeys: true, writesAccount: false } };

specify(controlPlaneRolesLeastPrivilege, {
  passes: [
    { when: 'nobody has power', given: { controlPlaneRoles: [] }, observing: { principals: 0 } },
    { when: 'three principals have it', given: { controlPlaneRoles: many(3) }, observing: { principals: 3, owners: 3, inherited: 0 } },
    { when: 'one principal has it many times', given: { controlPlaneRoles: [...Array.from({ length: 5 }, () => principal(1)), principal(1, { role: 'Owner' })] }, observing: { principals: 1 } },
    { when: 'the others inherit it', given: { controlPlaneRoles: [...many(2), ...Array.from({ length: 9 }, (_, number) => principal(10 + number, inherited))] }, observing: { principals: 2, inherited: 9 } },
    { when: 'many are readers', given: { controlPlaneRoles: many(50, reader) }, observing: { principals: 0, readers: 50, assignments: [] } },
    { when: 'a user reads', given: { controlPlaneRoles: [principal(1, { ...reader, principalType: 'User' })] } },
    { when: 'a user inherits and that is let through', given: { controlPlaneRoles: [principal(1, { ...inherited, principalType: 'User' })] }, parameters: { judgeInheritedUsers: false } },
    { when: 'more are allowed', given: { controlPlaneRoles: many(4) }, parameters: { owners: 4 } },
  ],
  fails: [
    { when: 'four principals have power', given: { controlPlaneRoles: many(4) }, says: '4 principals can list keys or change the account, more than 3.', observing: { principals: 4 } },
    { when: 'power is to list keys only', given: { controlPlaneRoles: many(4, { powers: { listsKeys: true, readsReadOnlyKeys: false, writesAccount: false } }) }, says: '4 principals' },
    { when: 'power is to change the account only', given: { controlPlaneRoles: many(4, { powers: { listsKeys: false, readsReadOnlyKeys: false, writesAccount: true } }) }, says: '4 principals' },
    { when: 'a user holds a role', given: { controlPlaneRoles: [principal(7, { principalType: 'User' })] }, says: 'users hold roles themselves: principal-7 (Contributor).', observing: { assignments: [{ principalId: 'principal-7', principalType: 'User', listsKeys: true, writesAccount: true }] } },
    { when: 'a user inherits a role', given: { controlPlaneRoles: [principal(7, { ...inherited, principalType: 'user' })] }, says: 'principal-7 (Contributor, inherited from /providers/Microsoft.Management/managementGroups/contoso)' },
    { when: 'both are wrong', given: { controlPlaneRoles: many(4, { principalType: 'User' }) }, says: 'more than 3; users hold roles themselves: ' },
    { when: 'readers count', given: { controlPlaneRoles: many(4, reader) }, parameters: { countReaders: true }, says: '4 principals' },
    { when: 'nobody is allowed', given: { controlPlaneRoles: many(1) }, parameters: { owners: 0 }, says: '1 principals' },
  ],
});
