import { output } from '@azure/functions';
import * as df from 'durable-functions';
import { onMessage } from '../src/scan/durable/triggers.ts';

const unusable = output.storageQueue({ queueName: 'scan-requests-poison', connection: 'AzureWebJobsStorage' });

df.app.client.storageQueue('scan-requests', {
  queueName: 'scan-requests',
  connection: 'AzureWebJobsStorage',
  extraOutputs: [unusable],
  handler: async (message, client, context) => {
    const refused = await onMessage(client, process.env, context, message);
    if (refused !== null) context.extraOutputs.set(unusable, refused);
  },
});
