import * as df from 'durable-functions';
import { onSchedule } from '../src/scan/durable/triggers.ts';

df.app.client.timer('scan-schedule', {
  schedule: '%SCAN_SCHEDULE%',
  handler: (timer, client, context) => onSchedule(client, process.env, context, timer.isPastDue),
});
