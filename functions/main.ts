// The bundle's entry: every function of the app registers on import.
import './close-scan.ts';
import './plan-scan.ts';
import './scan-batch.ts';
import './scan-requests.ts';
import './scan-schedule.ts';
import './scan-subscription.ts';
import './scan.ts';
import { appSettings } from '../src/scan/settings.ts';

// Checked when everything is registered: an entry file that throws before its first registration leaves an app without
// functions that looks healthy; one that throws afterwards fails to start, with the message.
appSettings(process.env);
