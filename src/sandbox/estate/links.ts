import type { Resource } from './estate.ts';
import { guid } from './ids.ts';
import { child, type Perimeter } from './perimeters.ts';

/** The other perimeter of a link, which may belong to somebody else. */
export type Remote = Pick<Perimeter, 'id' | 'guid' | 'location'>;

export interface LinkSpec {
  readonly name: string;
  readonly remote: Remote;
  readonly status?: 'Approved' | 'Pending' | 'Rejected' | 'Disconnected';
  /** Profiles of this side and of the other; default: `*`, all of them. */
  readonly local?: readonly string[];
  readonly inRemote?: readonly string[];
}

/** A link that this perimeter made. Until the other side approves, its GUID is all there is. */
export function link(from: Perimeter, { name, remote, status = 'Approved', local = ['*'], inRemote = ['*'] }: LinkSpec): Resource {
  return child(from.id, 'links', name, {
    provisioningState: status === 'Pending' ? 'WaitForRemoteCompletion' : 'Succeeded',
    ...(status === 'Approved' && { autoApprovedRemotePerimeterResourceId: remote.id }),
    remotePerimeterGuid: remote.guid,
    remotePerimeterLocation: remote.location,
    localInboundProfiles: local,
    localOutboundProfiles: ['*'],
    remoteInboundProfiles: inRemote,
    remoteOutboundProfiles: ['*'],
    description: status === 'Approved' ? 'Auto Approved' : 'Waits for approval',
    status,
  });
}

/** The same link seen from the perimeter it leads to: what is local there is remote here. */
export function linkReference(at: Perimeter, { name, remote, status = 'Approved', local = ['*'], inRemote = ['*'] }: LinkSpec): Resource {
  const reference = child(at.id, 'linkReferences', `${name}-${guid(`${remote.id}/${name}`)}`, {
    provisioningState: 'Succeeded',
    remotePerimeterResourceId: remote.id,
    remotePerimeterGuid: remote.guid,
    remotePerimeterLocation: remote.location,
    localInboundProfiles: local,
    localOutboundProfiles: ['*'],
    remoteInboundProfiles: inRemote,
    remoteOutboundProfiles: ['*'],
    description: 'Auto Approved',
    status,
  });
  // Resource Manager writes this type in lower case inside ids.
  return { ...reference, id: reference.id.replace('/linkReferences/', '/linkreferences/') };
}
