import { app, type InvocationContext, type Timer } from '@azure/functions';
import { requireSettings, scheduledScan } from '../src/scan/scheduled.ts';

// Registered before the settings are checked: an entry file that throws before its first registration leaves an app
// without functions that looks healthy; one that throws afterwards fails to start, with the message.
app.timer('scan-schedule', {
  schedule: '%SCAN_SCHEDULE%',
  handler: async (timer: Timer, context: InvocationContext) => {
    const summary = await scheduledScan(process.env);
    context.log('scan finished', { ...summary, pastDue: timer.isPastDue });
  },
});

requireSettings(process.env);
