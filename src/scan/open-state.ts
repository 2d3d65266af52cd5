import type { Cloud, Environment } from '../azure/clouds.ts';
import { credentialFor } from '../azure/credential.ts';
import { openStore, type StateLocation } from '../state/open-store.ts';
import type { Store } from '../state/store.ts';

/** Opens the state that settings name, with the identity that scans. */
export function openState(location: StateLocation, cloud: Cloud, environment: Environment): Store {
  return openStore(location, credentialFor(cloud, environment));
}
